package net.reroute.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.Comparison;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.Prefix;
import net.reroute.core.Route;
import net.reroute.core.Service;
import net.reroute.core.Situation;
import net.reroute.router.Router;
import net.reroute.router.Router.ReadBack;
import net.reroute.router.RouterException;

/** Look, compare, act, look again, on one router. */
final class RouterRound {

    /** What the round is told of and asks. */
    interface Host {

        Comparison.Memory memory(Service service);

        /** Those that would be decided now as they were then: a router that answered late must not get old news. */
        Set<Decision> stillWanted(List<Decision> due, Situation then);

        /** Called with what the router showed for these. */
        void read(Collection<Service> services, Map<Prefix, Route> table);

        /** Called before anything is typed. */
        void about(List<Change> changes);

        /** Called with lines that were taken out of a configuration, to be written again as they were some day. */
        void removed(Prefix prefix, Map<Address, String> lines);
    }

    /**
     * What came of one decision.
     *
     * @param hops next hops there now; empty if not known or none
     * @param found servers it points at otherwise than decided
     * @param ours whether it does so by a move of reroute itself, and not by somebody's hand
     * @param change what was typed
     */
    record Result(Decision decision, OnRouter on, List<Address> hops, List<String> found, boolean ours,
            Optional<Change> change, Map<String, Double> phases) {

        Result(Decision decision, OnRouter on, List<Address> hops, List<String> found, Optional<Change> change,
                Map<String, Double> phases) {
            this(decision, on, hops, found, false, change, phases);
        }

        Result as(Outcome.Kind kind, String text) {
            return new Result(decision, new OnRouter(on.router(), kind, text, on.typed()), hops, found, ours, change,
                    phases);
        }
    }

    private final String name;
    private final Situation now;
    private final boolean show;
    private final Host host;
    private final Map<String, Double> phases = new HashMap<>();

    /** @param show compare, and tell the lines instead of typing them */
    RouterRound(String name, Situation now, boolean show, Host host) {
        this.name = name;
        this.now = now;
        this.show = show;
        this.host = host;
    }

    List<Result> run(Router router, List<Decision> decisions) throws RouterException {
        long began = System.nanoTime();
        Map<Prefix, Route> table = router.routes(decisions.stream().map(d -> d.service().prefix()).toList());
        List<Comparison> compared = Comparison.all(decisions, table, host::memory, now);
        timed("look", began);
        host.read(decisions.stream().map(Decision::service).toList(), table);
        List<Comparison.Needed> needed = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (Comparison comparison : compared) {
            if (comparison instanceof Comparison.Needed n) {
                needed.add(n);
            } else {
                results.add(settled(comparison, table));
            }
        }
        results.addAll(show ? shown(router, needed) : act(router, needed));
        return results;
    }

    private void timed(String phase, long began) {
        phases.merge(phase, Math.round((System.nanoTime() - began) / 1e5) / 10.0, Double::sum);
    }

    private Result settled(Comparison comparison, Map<Prefix, Route> table) {
        Decision decision = comparison.decision();
        List<Address> hops = Optional.ofNullable(table.get(decision.service().prefix())).map(Route::hops)
                .orElse(List.of());
        return switch (comparison) {
            case Comparison.Same same -> result(decision, Outcome.Kind.ALREADY, "already so" + caution(decision, table),
                    hops);
            case Comparison.Found found -> new Result(decision, on(Outcome.Kind.LEFT, "found at "
                    + String.join("+", found.servers()) + (found.ours()
                            ? " by a move of reroute that is not in the journal"
                            : " by somebody's hand, kept"),
                    List.of()), hops, found.servers(), found.ours(), Optional.empty(), phases);
            case Comparison.Left left -> result(decision, Outcome.Kind.LEFT, left.why(), hops);
            case Comparison.Needed needed -> throw new IllegalStateException("not settled: " + needed);
        };
    }

    /** It is as it should be, and could not be moved from there. */
    private static String caution(Decision decision, Map<Prefix, Route> table) {
        return Optional.ofNullable(table.get(decision.service().prefix())).flatMap(Route::owner)
                .map(why -> "; but it " + why).orElse("");
    }

    private Result result(Decision decision, Outcome.Kind kind, String text, List<Address> hops) {
        return new Result(decision, on(kind, text, List.of()), hops, List.of(), Optional.empty(), phases);
    }

    private OnRouter on(Outcome.Kind kind, String text, List<String> typed) {
        return new OnRouter(name, kind, text, typed);
    }

    private List<Result> shown(Router router, List<Comparison.Needed> needed) throws RouterException {
        if (needed.isEmpty()) {
            return List.of();
        }
        Map<Prefix, List<String>> lines = router.lines(needed.stream().map(Comparison.Needed::change).toList());
        return needed.stream().map(n -> {
            List<String> typed = lines.getOrDefault(n.change().service().prefix(), List.of());
            return new Result(n.decision(), on(Outcome.Kind.SHOWN, "would type: " + String.join("; ", typed), typed),
                    List.of(), List.of(), Optional.of(n.change()), phases);
        }).toList();
    }

    private List<Result> act(Router router, List<Comparison.Needed> due) throws RouterException {
        Set<Decision> wanted = due.isEmpty()
                ? Set.of()
                : host.stillWanted(due.stream().map(Comparison.Needed::decision).toList(), now);
        List<Result> results = new ArrayList<>();
        due.stream().filter(n -> !wanted.contains(n.decision())).forEach(n -> results.add(result(n.decision(),
                Outcome.Kind.OVERTAKEN, "things changed before anything was typed; decided anew", List.of())));
        List<Comparison.Needed> needed = due.stream().filter(n -> wanted.contains(n.decision())).toList();
        if (!needed.isEmpty()) {
            results.addAll(type(router, needed));
        }
        return results;
    }

    private List<Result> type(Router router, List<Comparison.Needed> needed) throws RouterException {
        List<Change> changes = needed.stream().map(Comparison.Needed::change).toList();
        host.about(changes);
        long began = System.nanoTime();
        ReadBack back;
        try {
            back = router.apply(changes);
        } catch (RouterException e) {
            e.removed().forEach(host::removed);
            throw e;
        }
        timed("apply", began);
        host.read(changes.stream().map(Change::service).toList(), back.routes());
        back.typed().removed().forEach(host::removed);
        return putBack(router, needed.stream().map(n -> verified(n, back)).toList(), back);
    }

    /** Verified means: read back equal, and the router's own lookup names one of the next hops. */
    private Result verified(Comparison.Needed needed, ReadBack back) {
        Change change = needed.change();
        Prefix prefix = change.service().prefix();
        List<Address> there = Optional.ofNullable(back.routes().get(prefix)).map(Route::hops).orElse(List.of());
        Address lookup = back.lookups().get(change.service().address());
        String complaint = back.complaints().get(prefix);
        Outcome.Kind kind = Outcome.Kind.FAILED;
        String text;
        String remark = back.typed().remarks().get(prefix);
        if (!there.equals(change.after())) {
            boolean untouched = back.typed().lines().getOrDefault(prefix, List.of()).isEmpty()
                    || there.equals(change.before().map(Route::hops).orElse(List.of()));
            kind = complaint != null && untouched ? Outcome.Kind.REFUSED : Outcome.Kind.FAILED;
            text = complaint == null
                    ? "it took the change and did not make it" + (remark == null ? "" : ": " + remark)
                    : "refused: " + complaint + (untouched
                            ? ""
                            : "; half of the change is made, next hops are now "
                                    + there);
        } else if (!change.after().contains(lookup)) {
            text = "the route is set, but its lookup of " + change.service().address() + " names "
                    + (lookup == null ? "no next hop" : lookup);
        } else {
            kind = Outcome.Kind.MOVED;
            text = "read back";
        }
        return new Result(needed.decision(), on(kind, text, back.typed().lines().getOrDefault(prefix, List.of())),
                there, List.of(), Optional.of(change),
                phases);
    }

    /** A planned move that could not be verified, and whose old server works, is taken back. */
    private List<Result> putBack(Router router, List<Result> results, ReadBack back) throws RouterException {
        List<Change> reversed = results.stream().filter(this::toBePutBack)
                .map(r -> reversed(r, back))
                .toList();
        if (reversed.isEmpty()) {
            return results;
        }
        ReadBack after = router.apply(reversed);
        host.read(reversed.stream().map(Change::service).toList(), after.routes());
        return results.stream().map(r -> toBePutBack(r) ? putBackResult(r, after) : r).toList();
    }

    private static Change reversed(Result result, ReadBack back) {
        Prefix prefix = result.decision().service().prefix();
        return result.change().get().reversed(Optional.ofNullable(back.routes().get(prefix)), result.on().text())
                .keeping(back.typed().removed().getOrDefault(prefix, Map.of()));
    }

    private boolean toBePutBack(Result result) {
        boolean oldWorks = !result.decision().from().isEmpty() && result.decision().from().stream()
                .allMatch(s -> now.verdict(result.decision().service(), s).state() == State.UP);
        return result.on().kind() == Outcome.Kind.FAILED && result.decision().kind() == Kind.PLANNED && oldWorks;
    }

    static Result putBackResult(Result result, ReadBack after) {
        List<Address> wanted = result.change().flatMap(Change::before).map(Route::hops).orElse(List.of());
        List<Address> there = Optional.ofNullable(after.routes().get(result.decision().service().prefix()))
                .map(Route::hops).orElse(List.of());
        boolean same = there.equals(wanted);
        Result next = result.as(same ? Outcome.Kind.PUT_BACK : Outcome.Kind.FAILED,
                result.on().text() + (same ? ", put back" : ", and putting back failed"));
        return new Result(next.decision(), next.on(), there, List.of(), next.change(), next.phases());
    }
}
