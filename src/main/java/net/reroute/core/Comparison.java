package net.reroute.core;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;

/** What a decision means on one router, given the route found there. */
public sealed interface Comparison {

    Decision decision();

    /** The router already does it. */
    record Same(Decision decision) implements Comparison {}

    /** The router has to be changed. */
    record Needed(Decision decision, Change change) implements Comparison {}

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
     * @param known next hops last verified or adopted there; empty if none ever were
     * @param ours next hops that reroute set there once, or that stood in the previous inventory
     * @param kept lines of the configuration that reroute took away there, by next hop
     * @param begun next hops of a change that was begun there and whose end is not known; empty if there is none
     */
    record Memory(List<Address> known, Set<Address> ours, Map<Address, String> kept, List<Address> begun) {

        public static final Memory NONE = new Memory(List.of(), Set.of(), Map.of(), List.of());

        /** On a command line a change is two lines; a session that was lost between them leaves both next hops. */
        boolean halfMade(List<Address> there, List<Address> want) {
            Set<Address> either = new HashSet<>(known);
            either.addAll(begun);
            either.addAll(want);
            return !known.isEmpty() && there.size() > 1 && either.containsAll(there);
        }
    }

    /**
     * Compares.
     *
     * @param route found for the prefix; empty if there is none
     * @param found true if the placement was itself found by hand on another router
     */
    static Comparison of(Decision decision, Optional<Route> route, Memory memory, Situation now, boolean found) {
        List<Address> want = now.inventory().nextHops(decision.to());
        if (route.isEmpty()) {
            return missing(decision, memory, now);
        }
        Route there = route.get();
        if (there.hops().equals(want)) {
            return new Same(decision);
        }
        if (there.owner().isPresent()) {
            return new Left(decision, there.owner().get());
        }
        // Where two controllers write the same mark, it does not tell whose wish it was.
        boolean ours = there.marked() && now.inventory().settings().peer().isEmpty();
        boolean asked = now.asked(decision.service());
        boolean unfinished = (decision.isMove() || !memory.begun().isEmpty()) && memory.halfMade(there.hops(), want);
        boolean behind = there.hops().equals(memory.known()) || unfinished;
        Optional<List<String>> servers = now.inventory().serversBehind(decision.service(), there.hops());
        if (!behind && !asked && servers.isPresent() && usable(decision.service(), servers.get(), now)) {
            return new Found(decision, servers.get(), ours);
        }
        if (!asked && servers.isPresent() && decision.from().isEmpty()) {
            return new Found(decision, servers.get(), ours);
        }
        boolean foreign = servers.isEmpty() && !behind && !ours && !memory.ours().containsAll(there.hops());
        if (there.hops().isEmpty() || foreign && !(asked && now.cause().force())) {
            return new Left(decision, foreign(there, decision));
        }
        if (decision.kind() == Kind.HOLD || found && !unfinished && decision.kind() == Kind.STAY && !asked) {
            return new Left(decision, decision.kind() == Kind.HOLD
                    ? decision.reason()
                    : "differs from where the service was found, and is left until released");
        }
        return new Needed(decision, change(decision, route, want, memory));
    }

    private static Change change(Decision decision, Optional<Route> before, List<Address> want, Memory memory) {
        return new Change(decision.service(), before, want, Optional.empty(),
                new Change.How(decision.kind() == Kind.PLANNED, memory.kept(), decision.reason()));
    }

    private static boolean usable(Service service, List<String> servers, Situation now) {
        return servers.stream()
                .allMatch(s -> now.verdict(service, s).state() != State.DOWN && !now.inMaintenance(s));
    }

    private static Comparison missing(Decision decision, Memory memory, Situation now) {
        boolean asked = now.asked(decision.service());
        if (memory.known().isEmpty() && !asked) {
            return new Left(decision,
                    (decision.service().livesOnLan() ? "has nobody with " : "has no route for ")
                            + decision.service().prefix()
                            + ", and reroute has never seen one there; 'reroute " + decision.service().name() + " to "
                            + decision.service().home() + "' makes it");
        }
        boolean up = decision.to().stream().allMatch(s -> now.verdict(decision.service(), s).state() == State.UP);
        if (decision.to().isEmpty() || !up && !decision.isMove()) {
            return new Left(decision, "has lost the route, and " + String.join("+", decision.to()) + " is not UP");
        }
        return new Needed(decision,
                change(decision, Optional.empty(), now.inventory().nextHops(decision.to()), memory));
    }

    private static String foreign(Route there, Decision decision) {
        String what = there.hops().isEmpty()
                ? "a route without a next hop (" + there.exact() + ")"
                : "a next hop that is none of its servers (" + String.join(", ",
                        there.hops().stream().map(Address::toString).toList()) + ")";
        return "has " + what + " for " + decision.service().prefix() + ": somebody else's doing, left alone"
                + (there.hops().isEmpty()
                        ? ""
                        : "; 'reroute " + decision.service().name()
                                + " to SERVER --force' takes it over");
    }

    /** The comparisons of one router's whole table. */
    static List<Comparison> all(List<Decision> decisions, Map<Prefix, Route> table,
            java.util.function.Function<Service, Memory> memory, Situation now) {
        return decisions.stream().map(d -> of(d, Optional.ofNullable(table.get(d.service().prefix())),
                memory.apply(d.service()), now, foundByHand(d, now))).toList();
    }

    private static boolean foundByHand(Decision decision, Situation now) {
        Placement placement = now.placements().get(decision.service().name());
        return placement != null && placement.origin() == Placement.Origin.FOUND;
    }
}
