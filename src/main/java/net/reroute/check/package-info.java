/**
 * Health checks of servers: ICMP, TCP and HTTP. A check reports failures as results, not exceptions. Uses core, and ssh
 * for checks that connect from the server itself. Begin with {@link net.reroute.check.Checks};
 * {@link net.reroute.check.CheckSockets} decides from where a check connects.
 */
package net.reroute.check;
