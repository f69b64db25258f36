/** Routers: reading their routes, changing next hops, reading back. One class or file per dialect. */
package net.reroute.redirect.route;
