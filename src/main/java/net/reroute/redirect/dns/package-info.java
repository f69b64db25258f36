/**
 * Names whose address records list the services that clients can reach: by dynamic update (RFC 2136), or in a zone file.
 * Uses core, command, ssh for secrets, and dnsjava. Begin with {@link net.reroute.redirect.dns.DnsRedirector}.
 */
package net.reroute.redirect.dns;
