/**
 * Linux routers: iproute2 through one shell kept open over SSH. It uses core, ssh and redirect.route.router. Begin reading at
 * {@link net.reroute.redirect.route.linux.LinuxRouter}; IpScript has the scripts, IpText reads their output.
 */
package net.reroute.redirect.route.linux;
