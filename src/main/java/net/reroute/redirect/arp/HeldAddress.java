package net.reroute.redirect.arp;

/**
 * An address that is looked after.
 *
 * @param request where it is, and who else may have it
 * @param away true if that is a takeover: it is announced again and again
 */
public record HeldAddress(TakeoverRequest request, boolean away) {}
