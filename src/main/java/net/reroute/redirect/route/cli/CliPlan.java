package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.redirect.route.router.Change;

/**
 * The lines of one change. Adding lines come before removing lines, so there is always a route. A removing line names
 * its next hop; without one it would remove every route of the prefix.
 *
 * @param change that the lines make
 * @param adds lines that add next hops
 * @param removes lines that remove next hops
 * @param removed lines not written by reroute that the plan removes, by next hop
 * @param gone next hops that are removed
 * @param refused why nothing can be typed; empty if it can
 */
record CliPlan(Change change, List<PlannedLine> adds, List<PlannedLine> removes, Map<Address, String> removed,
        List<Address> gone,
        Optional<String> refused) {

    /**
     * @param line to type
     * @param undo lines that revert it
     * @param hop next hop that it concerns
     */
    record PlannedLine(String line, List<String> undo, Address hop) {

        PlannedLine undoneBy(List<String> more) {
            List<String> all = new ArrayList<>(undo);
            all.addAll(more);
            return new PlannedLine(line, all, hop);
        }
    }

    static CliPlan refused(Change change, String why) {
        return new CliPlan(change, List.of(), List.of(), Map.of(), List.of(),
                Optional.of(why + "; nothing was typed"));
    }

    List<PlannedLine> steps() {
        return Stream.concat(adds.stream(), removes.stream()).toList();
    }

    List<String> lines() {
        return steps().stream().map(PlannedLine::line).toList();
    }
}
