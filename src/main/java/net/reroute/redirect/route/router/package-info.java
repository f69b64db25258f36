/**
 * What routers of every kind have in common: a session that shows and changes routes. Uses core, ssh and the interfaces
 * in redirect only. Begin with {@link net.reroute.redirect.route.router.Router}.
 */
package net.reroute.redirect.route.router;
