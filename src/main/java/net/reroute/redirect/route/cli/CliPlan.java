package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.redirect.route.router.Change;

/**
 * The lines that make one change: first what comes, then what goes, so that there is no moment without a route. What goes
 * is named with its next hop, since without one every route of the prefix would go.
 *
 * @param change what for
 * @param adds bring next hops
 * @param removes take them away
 * @param removed what these take away that reroute did not write, by next hop
 * @param gone next hops that go
 * @param refused why nothing can be typed; empty if it can
 */
record CliPlan(Change change, List<PlannedLine> adds, List<PlannedLine> removes, Map<Address, String> removed,
        List<Address> gone,
        Optional<String> refused) {

    /**
     * @param line to type
     * @param undo lines that take it back
     * @param hop it is about
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
