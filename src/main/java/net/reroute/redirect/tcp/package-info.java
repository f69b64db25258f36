/**
 * TCP switches: connections passed to backends that can be connected to. Uses only core. A few threads serve all
 * connections of a switch, and none of them decides anything else. Begin with
 * {@link net.reroute.redirect.tcp.TcpSwitch} and {@link net.reroute.redirect.tcp.Relay}.
 */
package net.reroute.redirect.tcp;
