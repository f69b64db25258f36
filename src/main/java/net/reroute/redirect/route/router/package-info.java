/**
 * What routers of every kind have in common: a session that shows routes and changes them. It uses core, ssh and the interface
 * in redirect only. Begin reading at {@link net.reroute.redirect.route.router.Router}.
 */
package net.reroute.redirect.route.router;
