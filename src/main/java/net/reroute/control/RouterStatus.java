package net.reroute.control;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a router can be used.
 *
 * @param state the result of the last attempt
 * @param since when this state began
 * @param seen when the last attempt was
 * @param why what is wrong; empty if nothing is
 * @param next when it is tried again, if it cannot be used
 */
public record RouterStatus(Reachability state, Instant since, Instant seen, String why,
        Optional<Instant> next) {

    /** UNKNOWN: not tried yet. REFUSED: it answers, but refuses the login or a command. */
    public enum Reachability {
        UNKNOWN, REACHABLE, REFUSED, UNREACHABLE
    }

    /** True if it was tried, and takes no commands. */
    public boolean isUnusable() {
        return state == Reachability.REFUSED || state == Reachability.UNREACHABLE;
    }
}
