package net.reroute.core;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done in one way to redirect for one service.
 *
 * @param before what was seen there
 * @param to servers to have it; empty = nobody, as it was before
 * @param planned off servers that work: there is time for care
 * @param restore what was there before a change, to be had again to the letter
 * @param reason one sentence
 */
public record Shift(Service service, Seen before, List<String> to, boolean planned, Optional<Restore> restore,
        String reason) {

    /** What a way to redirect needs to put something back as it was. Nobody else looks into it. */
    public interface Restore {
    }

    /** The shift that takes this one back. */
    public Shift reversed(Optional<Restore> was, Seen now, String why) {
        return new Shift(service, now, before.servers(), planned, was, why);
    }
}
