/**
 * The interface of every way to redirect traffic, in terms of services and servers: look, preview, apply. It uses values of
 * core only. Begin reading at {@link net.reroute.redirect.Redirector}.
 */
package net.reroute.redirect;
