/** Keeps, counts and ends connections of services that move, on Linux routers. Begin with {@link net.reroute.redirect.flows.FlowKeeper}. */
package net.reroute.redirect.flows;
