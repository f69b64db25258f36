package net.reroute.redirect.arp;

/**
 * An address to guard.
 *
 * @param request names its server, and the servers that must not have it
 * @param away true if it was taken over; it is then announced regularly
 */
public record HeldAddress(TakeoverRequest request, boolean away) {}
