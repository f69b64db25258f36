package net.reroute.operations;

import java.util.List;
import net.reroute.core.Outcome;

/**
 * The results of requested moves.
 *
 * @param outcomes one for each service concerned; empty if nothing had to be moved
 * @param dryRun true if nothing was typed
 */
public record MoveReport(List<Outcome> outcomes, boolean dryRun) {}
