package net.reroute.core;

import java.util.List;
import java.util.Optional;

/**
 * A change for one service in one redirector.
 *
 * @param before what was seen there
 * @param to servers that should carry it; empty: remove the route
 * @param planned true: off servers that work, so there is time for extra checks
 * @param lastResort true: none of the servers works, and all carry it because something must
 * @param restore what to restore exactly, when a change is taken back
 * @param reason one sentence
 */
public record Shift(Service service, Seen before, List<String> to, boolean planned, boolean lastResort,
        Optional<Restore> restore, String reason) {

    /** What a redirector needs to restore something exactly. Opaque to all other code. */
    public interface Restore {
    }

    /**
     * The shift that takes this one back.
     *
     * @param was what to restore
     * @param now what is there now
     */
    public Shift reversed(Optional<Restore> was, Seen now, String why) {
        return new Shift(service, now, before.servers(), planned, false, was, why);
    }
}
