package net.reroute.control;

import java.time.Instant;

/**
 * Whether a router can be worked with.
 *
 * @param state what the last try found
 * @param since when that came about
 * @param seen when it was last tried
 * @param why what is wrong; empty if nothing is
 */
public record RouterStatus(State state, Instant since, Instant seen, String why) {

    public enum State {
        UNKNOWN, REACHABLE, REFUSED, UNREACHABLE
    }
}
