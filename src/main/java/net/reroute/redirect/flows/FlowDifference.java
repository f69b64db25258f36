package net.reroute.redirect.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Snapshot.Pair;
import net.reroute.redirect.Connections.Room;
import net.reroute.redirect.Connections.Tended;

/**
 * What has to be done on a router.
 *
 * @param before lines for ip that come first
 * @param table lines for nft
 * @param after lines for ip that come last
 * @param what is not as it should be; empty if nothing but the ends of connections changes
 * @param ended services and servers whose connections end by it
 */
record FlowDifference(List<String> before, List<String> table, List<String> after, Optional<String> what,
        Set<Pair> ended) {

    boolean isNone() {
        return before.isEmpty() && table.isEmpty() && after.isEmpty();
    }

    /** True if nothing but the ends of connections changes, for the same next hops. */
    boolean isOfSets() {
        return before.isEmpty() && after.isEmpty() && what.isEmpty() && !table.isEmpty();
    }

    /** @param trouble what was refused; empty if nothing was */
    Tended tended(Room room, String trouble) {
        List<String> lines = new ArrayList<>(before);
        table.forEach(l -> lines.add("nft " + l));
        lines.addAll(after);
        return new Tended(lines, trouble.isEmpty() ? what.orElse("") : "", ended, room, trouble);
    }
}
