/**
 * Prefixes that several sites announce by BGP, at FRR speakers over SSH. Uses core and ssh. Begin with
 * {@link net.reroute.redirect.bgp.BgpRedirector}.
 */
package net.reroute.redirect.bgp;
