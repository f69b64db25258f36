package net.reroute.redirect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Outcome;
import net.reroute.core.Seen;
import net.reroute.core.Shift.Restore;

/**
 * The results of a batch of changes.
 *
 * @param done result of each change, by the service's name
 */
public record Applied(Map<String, Done> done) {

    /**
     * The result of one change.
     *
     * @param kind MOVED: read back as requested, and the device's own lookup agrees where it has one. REFUSED: the
     *     device said no, and nothing changed. FAILED: the state is not as requested
     * @param text one clause
     * @param typed lines that were sent
     * @param seen state after the change
     * @param restore restores the state before the change
     */
    public record Done(Outcome.Kind kind, String text, List<String> typed, Seen seen, Optional<Restore> restore) {}
}
