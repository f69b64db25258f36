package net.reroute.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of the connections of a service that moves.
 *
 * @param patience how long kept connections of a server that has left may go on; empty: until they end
 */
public record Flows(Mode mode, Optional<Duration> patience) {

    /**
     * FOLLOW: they follow the route, to a server that does not know them. KEEP: they stay at their server. CUT: the
     * router resets them at once.
     */
    public enum Mode {
        FOLLOW, KEEP, CUT
    }

    public static final Flows FOLLOW = new Flows(Mode.FOLLOW, Optional.empty());

    /** True if the router has to know which server a connection belongs to. */
    public boolean marked() {
        return mode != Mode.FOLLOW;
    }

    public boolean kept() {
        return mode == Mode.KEEP;
    }
}
