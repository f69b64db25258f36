/**
 * What every way to redirect traffic has in common, in terms of services and servers: look, preview, apply. Uses values only;
 * begin reading at {@link net.reroute.redirect.Redirector}.
 */
package net.reroute.redirect;
