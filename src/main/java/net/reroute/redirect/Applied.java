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
 * @param done by service
 */
public record Applied(Map<String, Done> done) {

    /**
     * The result of one change.
     *
     * @param kind MOVED: read back as wanted, and its own lookup agrees where there is one. REFUSED: it said no, and
     *     nothing is changed. FAILED: it is not as wanted
     * @param text one clause
     * @param typed lines sent
     * @param seen what is there now
     * @param restore puts it back as it was before
     */
    public record Done(Outcome.Kind kind, String text, List<String> typed, Seen seen, Optional<Restore> restore) {}
}
