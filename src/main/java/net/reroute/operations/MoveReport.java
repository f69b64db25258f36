package net.reroute.operations;

import java.util.List;
import java.util.Map;
import net.reroute.core.Outcome;

/**
 * The results of requested moves.
 *
 * @param outcomes one for each service concerned; empty if nothing had to be moved
 * @param refused why services were not asked to move, by service
 * @param dryRun true if nothing was typed
 */
public record MoveReport(List<Outcome> outcomes, Map<String, String> refused, boolean dryRun) {

    /** Nothing was refused. */
    public MoveReport(List<Outcome> outcomes, boolean dryRun) {
        this(outcomes, Map.of(), dryRun);
    }
}
