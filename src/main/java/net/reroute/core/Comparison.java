package net.reroute.core;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Health.State;
import net.reroute.core.Seen.At;
import net.reroute.core.Seen.Foreign;
import net.reroute.core.Seen.Nobody;
import net.reroute.core.Seen.Owned;

/** What a decision means on one router, given what is seen there. */
public sealed interface Comparison {

    Decision decision();

    /** The router already does it. */
    record Same(Decision decision) implements Comparison {}

    /** The router has to be changed. */
    record Needed(Decision decision, Shift shift) implements Comparison {}

    /**
     * It points at other servers of the service, and that is kept.
     *
     * @param ours by a move of reroute itself, as its mark says; else by somebody's hand
     */
    record Found(Decision decision, List<String> servers, boolean ours) implements Comparison {}

    /** It may not be changed; why, and what to do. */
    record Left(Decision decision, String why) implements Comparison {}

    /**
     * What is remembered of one service on one router.
     *
     * @param known where it was last verified or adopted there; nowhere if it never was
     * @param begun servers of a change that was begun there and whose end is not known; empty if there is none
     */
    record Memory(Shown known, List<String> begun) {

        public static final Memory NONE = new Memory(Shown.NOWHERE, List.of());

        /** On a command line a change is two lines; a session that was lost between them leaves both servers. */
        boolean halfMade(List<String> there, List<String> want) {
            Set<String> either = new HashSet<>(known.servers());
            either.addAll(begun);
            either.addAll(want);
            return !known.servers().isEmpty() && there.size() > 1 && either.containsAll(there);
        }
    }

    /**
     * Compares.
     *
     * @param found true if the placement was itself found by hand on another router
     */
    static Comparison of(Decision decision, Seen seen, Memory memory, Snapshot now, boolean found) {
        if (!seen.servers().isEmpty() && decision.isAt(seen.servers())) {
            return new Same(decision);
        }
        return switch (seen) {
            case Nobody nobody -> missing(decision, seen, memory, now);
            case Owned owned -> new Left(decision, owned.why());
            case At at -> elsewhere(decision, at, memory, now, found);
            case Foreign foreign -> foreign(decision, foreign, now, found);
        };
    }

    /** Where two controllers write the same mark, it does not tell whose wish it was. */
    private static boolean isOurs(boolean marked, Snapshot now) {
        return marked && now.inventory().settings().peer().isEmpty();
    }

    private static Comparison elsewhere(Decision decision, At at, Memory memory, Snapshot now, boolean found) {
        boolean unfinished = (decision.isMove() || !memory.begun().isEmpty())
                && memory.halfMade(at.servers(), decision.to());
        boolean behind = at.shown().equals(memory.known().shown()) || unfinished;
        boolean kept = !behind && usable(decision.service(), at.servers(), now) || decision.from().isEmpty();
        if (kept && !now.asked(decision.service())) {
            return new Found(decision, at.servers(), isOurs(at.marked(), now));
        }
        return unlessHeld(decision, at, now, found && !unfinished);
    }

    private static Comparison foreign(Decision decision, Foreign foreign, Snapshot now,
            boolean found) {
        boolean strange = !isOurs(foreign.marked(), now) && !foreign.ours();
        boolean forced = now.asked(decision.service()) && now.cause().force();
        return foreign.shown().isEmpty() || strange && !forced
                ? new Left(decision, strange(foreign, decision))
                : unlessHeld(decision, foreign, now, found);
    }

    private static Comparison unlessHeld(Decision decision, Seen seen, Snapshot now, boolean found) {
        if (decision.kind() == Kind.HOLD) {
            return new Left(decision, decision.reason().text());
        }
        return found && decision.kind() == Kind.STAY && !now.asked(decision.service())
                ? new Left(decision, "differs from where the service was found, and is left until released")
                : needed(decision, seen);
    }

    private static Comparison needed(Decision decision, Seen before) {
        return new Needed(decision, new Shift(decision.service(), before, decision.to(),
                decision.kind() == Kind.PLANNED, Optional.empty(), decision.reason().text()));
    }

    private static boolean usable(Service service, List<String> servers, Snapshot now) {
        return servers.stream()
                .allMatch(s -> now.verdict(service, s).state() != State.DOWN && !now.inMaintenance(s));
    }

    private static Comparison missing(Decision decision, Seen nobody, Memory memory, Snapshot now) {
        boolean asked = now.asked(decision.service());
        if (memory.known().equals(Shown.NOWHERE) && !asked) {
            return new Left(decision,
                    (decision.service().livesOnLan() ? "has nobody with " : "has no route for ")
                            + decision.service().prefix()
                            + ", and reroute has never seen one there; 'reroute " + decision.service().name() + " to "
                            + decision.service().home() + "' makes it");
        }
        boolean up = decision.to().stream().allMatch(s -> now.verdict(decision.service(), s).state() == State.UP);
        return decision.to().isEmpty() || !up && !decision.isMove()
                ? new Left(decision, "has lost the route, and " + String.join("+", decision.to()) + " is not UP")
                : needed(decision, nobody);
    }

    private static String strange(Foreign there, Decision decision) {
        return "has " + there.what() + " for " + decision.service().prefix() + ": somebody else's doing, left alone"
                + (there.shown().isEmpty()
                        ? ""
                        : "; 'reroute " + decision.service().name() + " to SERVER --force' takes it over");
    }

    /** The comparisons of all that one router carries. */
    static List<Comparison> all(List<Decision> decisions, Map<String, Seen> seen, Function<Service, Memory> memory,
            Snapshot now) {
        return decisions.stream().map(d -> of(d, seen.getOrDefault(d.service().name(), new Nobody()),
                memory.apply(d.service()), now, foundByHand(d, now))).toList();
    }

    private static boolean foundByHand(Decision decision, Snapshot now) {
        Assignment assignment = now.assignments().get(decision.service().name());
        return assignment != null && assignment.origin() == Assignment.Origin.FOUND;
    }
}
