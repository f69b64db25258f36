/**
 * Linux routers: iproute2 through one shell kept open over SSH. Uses core, ssh and redirect.route.router. Begin with
 * {@link net.reroute.redirect.route.linux.LinuxRouter}; IpScript has the scripts, and IpText reads their output.
 */
package net.reroute.redirect.route.linux;
