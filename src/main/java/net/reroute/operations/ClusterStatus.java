package net.reroute.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.reroute.cluster.ClusterReport;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health.State;
import net.reroute.core.RecordedState;
import net.reroute.core.Sightings.Sight;
import net.reroute.core.Target;

/**
 * What status tells of several controllers.
 *
 * @param report empty if this controller has not joined the others
 * @param trouble why it has not
 * @param atOdds what they see differently
 */
public record ClusterStatus(Optional<ClusterReport> report, Optional<String> trouble, List<AtOdds> atOdds) {

    /** A member that is not heard for this long needs an admin. */
    static final Duration SILENT = Duration.ofSeconds(3);

    /**
     * A server that some see UP, and others DOWN.
     *
     * @param check that they see it by
     * @param seen what each sees, by its name
     * @param since when the newest of them turned
     */
    public record AtOdds(String server, String check, SortedMap<String, State> seen, Instant since) {}

    /** Of a member. */
    public static ClusterStatus of(ClusterReport report, RecordedState state) {
        return new ClusterStatus(Optional.of(report), Optional.empty(), atOdds(report, state));
    }

    /** True if an admin should look after a member. */
    static boolean needsYou(ClusterReport.MemberReport member) {
        boolean silent = member.silence().isEmpty() || member.silence().get().compareTo(SILENT) > 0;
        return silent || !member.joined() || !member.sameInventory() || !member.unknown().isEmpty()
                || member.trouble().isPresent();
    }

    /** What the members that count see differently. */
    private static List<AtOdds> atOdds(ClusterReport report, RecordedState state) {
        List<String> counting = report.members().stream().filter(ClusterReport.MemberReport::counts)
                .map(m -> m.member().name()).toList();
        Map<Target, SortedMap<String, State>> seen = new HashMap<>();
        Map<Target, Instant> since = new HashMap<>();
        for (Map.Entry<Sight, Settled> e : state.sights().entrySet()) {
            Sight sight = e.getKey();
            if (counting.contains(sight.vantage()) && e.getValue().state() != State.UNKNOWN) {
                seen.computeIfAbsent(sight.target(), t -> new TreeMap<>()).put(sight.vantage(), e.getValue().state());
                since.merge(sight.target(), e.getValue().since(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        List<AtOdds> all = new ArrayList<>();
        seen.forEach((target, states) -> {
            if (states.values().stream().distinct().count() > 1) {
                all.add(new AtOdds(target.server(), target.check(), states, since.get(target)));
            }
        });
        all.sort((a, b) -> (a.server() + " " + a.check()).compareTo(b.server() + " " + b.check()));
        return all;
    }
}
