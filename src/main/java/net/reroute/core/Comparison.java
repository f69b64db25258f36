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

/** What a decision requires on one router, given what the router shows. */
public sealed interface Comparison {

    Decision decision();

    /** The router already does what was decided. */
    record Same(Decision decision) implements Comparison {}

    /** The router must be changed. */
    record Needed(Decision decision, Shift shift) implements Comparison {}

    /**
     * The router sends the service to other servers of it. This is kept.
     *
     * @param ours true if reroute's mark is on the route; otherwise somebody else changed it
     */
    record Found(Decision decision, List<String> servers, boolean ours) implements Comparison {}

    /**
     * The router must not be changed.
     *
     * @param why the reason, and what an admin can do
     */
    record Left(Decision decision, String why) implements Comparison {}

    /**
     * What is remembered of one service on one router.
     *
     * @param known where the service was last verified or adopted there; {@link Shown#NOWHERE} if it never was
     * @param begun target servers of a change that began there and may not have ended; empty if there is none
     */
    record Memory(Shown known, List<String> begun) {

        public static final Memory NONE = new Memory(Shown.NOWHERE, List.of());

        /**
         * True if the router shows several servers of an incomplete change. A command line takes two lines for a
         * change; if the session is lost between them, both servers remain.
         */
        boolean halfMade(List<String> there, List<String> want) {
            Set<String> either = new HashSet<>(known.servers());
            either.addAll(begun);
            either.addAll(want);
            return !known.servers().isEmpty() && there.size() > 1 && either.containsAll(there);
        }
    }

    /**
     * Compares a decision with what one router shows.
     *
     * @param found true if the current assignment was found on a router and not made by reroute
     */
    static Comparison of(Decision decision, Seen seen, Memory memory, Snapshot now, boolean found) {
        if (!seen.servers().isEmpty() && decision.isAt(seen.servers())) {
            return isOtherForm(decision, seen, now)
                    ? changedForm(decision, seen, now, found)
                    : new Same(decision);
        }
        return switch (seen) {
            case Nobody nobody -> missing(decision, seen, memory, now);
            case Owned owned -> new Left(decision, owned.why());
            case At at -> elsewhere(decision, at, memory, now, found);
            case Foreign foreign -> foreign(decision, foreign, now, found);
        };
    }

    /** True if it is at the right servers as if they worked and they do not, or the other way round. */
    static boolean isOtherForm(Decision decision, Seen seen, Snapshot now) {
        boolean wanted = decision.isLastResort();
        boolean other = seen instanceof At at && at.lastResort().filter(there -> there != wanted).isPresent();
        return other && wanted == decision.to().stream()
                .noneMatch(s -> now.verdict(decision.service(), s).state() == State.UP);
    }

    private static Comparison changedForm(Decision decision, Seen at, Snapshot now, boolean found) {
        boolean paused = now.intents().pause().isPresent() && !now.asked(decision.service());
        return paused || found && !decision.isLastResort() ? new Same(decision) : needed(decision, at);
    }

    /** With two controllers a mark does not prove that this one made the change, since both write the same mark. */
    private static boolean isOurs(boolean marked, Snapshot now) {
        return marked && now.inventory().settings().peer().isEmpty();
    }

    private static Comparison elsewhere(Decision decision, At at, Memory memory, Snapshot now, boolean found) {
        boolean unfinished = (decision.isMove() || !memory.begun().isEmpty())
                && memory.halfMade(at.servers(), decision.to());
        boolean behind = at.shown().equals(memory.known().shown()) || unfinished;
        boolean kept = !behind && !at.servers().isEmpty() && usable(decision.service(), at.servers(), now)
                || decision.from().isEmpty();
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
        if (decision.kind() == Kind.HOLD && !decision.isLastResort()) {
            return new Left(decision, decision.reason().text());
        }
        return found && decision.kind() == Kind.STAY && !now.asked(decision.service())
                ? new Left(decision, "differs from where the service was found, and is left until released")
                : needed(decision, seen);
    }

    private static Comparison needed(Decision decision, Seen before) {
        return new Needed(decision, new Shift(decision.service(), before, decision.to(),
                decision.kind() == Kind.PLANNED, decision.isLastResort(), Optional.empty(),
                decision.reason().text()));
    }

    private static boolean usable(Service service, List<String> servers, Snapshot now) {
        return servers.stream()
                .allMatch(s -> now.verdict(service, s).state() != State.DOWN && !now.inMaintenance(s));
    }

    private static Comparison missing(Decision decision, Seen nobody, Memory memory, Snapshot now) {
        boolean asked = now.asked(decision.service());
        if (memory.known().equals(Shown.NOWHERE) && !asked) {
            return new Left(decision,
                    decision.service().absent()
                            + ", and reroute has never seen one there; 'reroute " + decision.service().name() + " to "
                            + decision.service().home() + "' makes it");
        }
        boolean up = decision.to().stream().allMatch(s -> now.verdict(decision.service(), s).state() == State.UP);
        boolean kept = !up && !decision.service().isList() && !decision.isMove(); // a list is never left empty
        return decision.to().isEmpty() || kept
                ? new Left(decision,
                        "has lost the " + decision.service().carrier() + ", and " + String.join("+", decision.to())
                                + " is not UP")
                : needed(decision, nobody);
    }

    private static String strange(Foreign there, Decision decision) {
        return "has " + there.what() + " for " + decision.service().clientsUse() + ": somebody else's doing, left alone"
                + (there.shown().isEmpty()
                        ? ""
                        : "; 'reroute " + decision.service().name() + " to SERVER --force' takes it over");
    }

    /**
     * Compares all decisions for services on one router.
     *
     * @param seen by service; a missing service has no route there
     */
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
