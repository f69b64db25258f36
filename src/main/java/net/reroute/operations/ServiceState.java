package net.reroute.operations;

import java.util.Locale;

/**
 * The state of a service, in one word. Where several fit, the first in this order counts.
 *
 * <p>OUT: clients reach no server that is UP. STUCK: it should be elsewhere, and is not. UNKNOWN: no router was read, or
 * its server has no verdict yet. DRIFT: a router differs from what was decided and is left so, or tells of something
 * odd. PINNED: an admin wants it at one server. DRAINED: it is away from home because of a maintenance. MOVED: it is
 * away from home for another reason. OK: it is at home.
 */
public enum ServiceState {
    OUT, STUCK, UNKNOWN, DRIFT, PINNED, DRAINED, MOVED, OK;

    /** As programs read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As admins see it: what keeps clients out is in capitals. */
    public String shown() {
        return this == OUT ? name() : word();
    }

    /** True if an admin should look at it. */
    public boolean isTrouble() {
        return compareTo(DRIFT) <= 0;
    }
}
