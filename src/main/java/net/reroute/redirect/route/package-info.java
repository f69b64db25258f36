/**
 * Redirects by next hops of static routes on routers. Uses both kinds of routers below it (linux, cli) and what they
 * share (router). Begin with {@link net.reroute.redirect.route.RouteRedirector}, which translates servers to next hops.
 */
package net.reroute.redirect.route;
