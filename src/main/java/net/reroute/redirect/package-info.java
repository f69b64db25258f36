/**
 * The interface of every way to redirect traffic, in terms of services and servers: look, preview, apply. Uses only
 * values of core. Begin with {@link net.reroute.redirect.Redirector}.
 */
package net.reroute.redirect;
