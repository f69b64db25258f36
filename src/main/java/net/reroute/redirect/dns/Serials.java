package net.reroute.redirect.dns;

import java.time.Instant;

/** Serial numbers of zones: they only grow, and are compared around the end of 32 bits (RFC 1982). */
final class Serials {

    private static final long RANGE = 1L << 32;

    private Serials() {}

    /** The seconds since 1970, or the next number where that would not be newer, as after a serial with a date. */
    static long after(long serial, Instant now) {
        long seconds = now.getEpochSecond() % RANGE;
        return isNewer(seconds, serial) ? seconds : (serial + 1) % RANGE;
    }

    static boolean isNewer(long one, long other) {
        long ahead = (one - other + RANGE) % RANGE;
        return ahead > 0 && ahead < RANGE / 2;
    }
}
