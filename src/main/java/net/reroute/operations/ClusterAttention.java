package net.reroute.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.cluster.ClusterReport;
import net.reroute.cluster.ClusterReport.MemberReport;
import net.reroute.operations.ClusterStatus.AtOdds;
import net.reroute.operations.Standing.Action;

/** What needs an admin about the controllers themselves. */
final class ClusterAttention {

    /** A server that dies is seen by one after the other. */
    private static final Duration AT_ODDS = Duration.ofSeconds(3);

    private ClusterAttention() {}

    static List<Attention> of(StatusReport report) {
        Optional<ClusterStatus> cluster = report.mode().cluster();
        if (cluster.isEmpty()) {
            return List.of();
        }
        List<Attention> all = new ArrayList<>();
        cluster.get().trouble().ifPresent(t -> all.add(attention(Headline.Level.CRITICAL, Sentence.of(t),
                Optional.empty())));
        cluster.get().report().ifPresent(r -> all.addAll(members(r)));
        cluster.get().atOdds().stream().filter(o -> o.since().plus(AT_ODDS).isBefore(report.now()))
                .forEach(o -> all.add(atOdds(o)));
        return all;
    }

    private static List<Attention> members(ClusterReport report) {
        List<Attention> all = new ArrayList<>();
        if (report.leader().isEmpty()) {
            String so = report.alone()
                    ? report.self()
                            + " goes on by itself (when-alone: act), others may do the same, and what it records is"
                            + " set aside once another one leads"
                    : "nothing is moved; this is what " + report.self() + " knows";
            all.add(attention(Headline.Level.CRITICAL, Sentence.of("no controller leads: " + report.trouble()
                    .orElse("one is being elected") + "; " + so), Action.of("shows them", "cluster")));
        }
        report.members().forEach(m -> member(m, report).ifPresent(says -> all.add(attention(
                Headline.Level.WARNING, says, Action.of("shows them", "cluster")))));
        return all;
    }

    private static Optional<Sentence> member(MemberReport member, ClusterReport report) {
        String name = member.member().name();
        if (!member.joined()) {
            return Optional.of(Sentence.of("controller " + name + " has not joined: 'reroute cluster invite " + name
                    + "' makes a token for it"));
        }
        if (member.silence().isEmpty() || member.silence().get().compareTo(ClusterStatus.SILENT) > 0) {
            String silent = member.silence().map(s -> "has been silent for " + s.toSeconds() + "s")
                    .orElse("was never heard");
            return Optional.of(Sentence.of("controller " + name + " " + silent
                    + member.trouble().map(t -> ": " + t).orElse("") + left(report)));
        }
        if (!member.sameInventory()) {
            return Optional.of(Sentence.of("controller " + name + " has another inventory than " + report.self()
                    + ": copy the files, and 'reroute reload' there"));
        }
        if (!member.unknown().isEmpty()) {
            return Optional.of(Sentence.of("controller " + name + " is too old to lead: it does not know records of the"
                    + " kind " + String.join(", ", member.unknown()) + "; upgrade it"));
        }
        return member.trouble().map(t -> Sentence.of("controller " + name + " gets no records: " + t));
    }

    /** What the loss of one more would mean. */
    private static String left(ClusterReport report) {
        long heard = report.members().stream()
                .filter(m -> m.silence().filter(s -> s.compareTo(ClusterStatus.SILENT) <= 0).isPresent()).count();
        int majority = report.members().size() / 2 + 1;
        if (report.byLease()) {
            return "; nobody stands in for " + report.self() + " now";
        }
        if (report.leader().isEmpty()) {
            return "";
        }
        return heard > majority ? "; one more may fail" : "; if one more fails, nobody leads";
    }

    private static Attention atOdds(AtOdds odds) {
        String seen = odds.seen().entrySet().stream().map(e -> e.getKey() + " sees it " + e.getValue())
                .collect(Collectors.joining(", "));
        return new Attention(List.of(odds.server()), "server", Headline.Level.WARNING, Optional.of(odds.since()),
                Sentence.of(odds.server() + " " + odds.check() + ": controllers are at odds, for ").age(odds.since())
                        .then(": " + seen),
                Action.of("tells more", "explain", odds.server()));
    }

    private static Attention attention(Headline.Level level, Sentence says, Optional<Action> action) {
        return new Attention(List.of(), "cluster", level, Optional.<Instant>empty(), says, action);
    }
}
