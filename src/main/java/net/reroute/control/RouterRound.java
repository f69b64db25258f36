package net.reroute.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Comparison;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Shift.Restore;
import net.reroute.core.Snapshot;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;

/** One round on one router: look, compare, act, look again. */
final class RouterRound {

    /**
     * The result of one decision on this router.
     *
     * @param seen what is there now, as far as it is known
     * @param found servers that the router points at contrary to the decision
     * @param ours true if a move of reroute put it there, and not somebody else
     * @param shift what was done
     * @param restore restores what was there before
     */
    record Result(Decision decision, OnRouter on, Seen seen, List<String> found, boolean ours, Optional<Shift> shift,
            Optional<Restore> restore, Map<String, Double> phases) {

        /** For a decision that needed no change. */
        static Result of(Decision decision, OnRouter on, Seen seen, Map<String, Double> phases) {
            return new Result(decision, on, seen, List.of(), false, Optional.empty(), Optional.empty(), phases);
        }

        /** For a decision that the router could not be asked about. */
        static Result unseen(Decision decision, OnRouter on) {
            return of(decision, on, new Seen.Nobody(), Map.of());
        }

        Result as(Outcome.Kind kind, String text) {
            return new Result(decision, new OnRouter(on.router(), kind, text, on.typed()), seen, found, ours, shift,
                    restore, phases);
        }
    }

    private final String name;
    private final Snapshot now;
    private final boolean show;
    private final RoundHost host;
    private final FlowTending flows;
    private final Map<String, Double> phases = new HashMap<>();

    /** @param show true: only report the lines */
    RouterRound(String name, Snapshot now, boolean show, RoundHost host) {
        this.name = name;
        this.now = now;
        this.show = show;
        this.host = host;
        this.flows = new FlowTending(name, now, host);
    }

    List<Result> run(Redirector redirector, List<Decision> decisions) throws RedirectException {
        long began = System.nanoTime();
        List<Service> services = decisions.stream().map(Decision::service).toList();
        Map<String, Seen> seen = redirector.look(services);
        List<Comparison> compared = Comparison.all(decisions, seen, host::memory, now);
        timed("look", began);
        host.read(services, seen);
        List<Comparison.Needed> needed = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (Comparison comparison : compared) {
            if (comparison instanceof Comparison.Needed n) {
                needed.add(n);
            } else {
                results.add(settled(comparison, seen));
            }
        }
        if (show) {
            results.addAll(shown(redirector, needed));
            if (needed.isEmpty() && now.cause().asked().isEmpty()) {
                flows.watch(redirector, seen);
            }
        } else {
            results.addAll(changed(redirector, seen, needed));
        }
        return results;
    }

    private List<Result> changed(Redirector redirector, Map<String, Seen> seen, List<Comparison.Needed> needed)
            throws RedirectException {
        boolean urgent = needed.stream().anyMatch(n -> !n.shift().planned());
        if (!urgent) {
            flows.before(redirector, seen, needed.stream().map(Comparison.Needed::decision).toList());
        }
        List<Result> results = act(redirector, needed);
        if (urgent) {
            Map<String, List<String>> at = new HashMap<>();
            results.forEach(r -> at.put(r.decision().service().name(), r.on().kind() == Outcome.Kind.MOVED
                    ? r.decision().to()
                    : r.seen().servers()));
            flows.after(redirector, seen, at);
        }
        return results;
    }

    private void timed(String phase, long began) {
        phases.merge(phase, Math.round((System.nanoTime() - began) / 1e5) / 10.0, Double::sum);
    }

    private Result settled(Comparison comparison, Map<String, Seen> all) {
        Decision decision = comparison.decision();
        Seen seen = all.getOrDefault(decision.service().name(), new Seen.Nobody());
        return switch (comparison) {
            // As it should be, but perhaps it could not be moved away.
            case Comparison.Same same -> result(decision, Outcome.Kind.ALREADY,
                    "already so" + (seen.remark().isEmpty() ? "" : "; but it " + seen.remark()), seen);
            case Comparison.Found found -> new Result(decision, on(Outcome.Kind.LEFT, "found at "
                    + String.join("+", found.servers()) + (found.ours()
                            ? " by a move of reroute that is not in the journal"
                            : " by somebody's hand, kept"),
                    List.of()), seen, found.servers(), found.ours(), Optional.empty(), Optional.empty(), phases);
            case Comparison.Left left -> result(decision, Outcome.Kind.LEFT, left.why(), seen);
            case Comparison.Needed needed -> throw new IllegalStateException("not settled: " + needed);
        };
    }

    private Result result(Decision decision, Outcome.Kind kind, String text, Seen seen) {
        return Result.of(decision, on(kind, text, List.of()), seen, phases);
    }

    private OnRouter on(Outcome.Kind kind, String text, List<String> typed) {
        return new OnRouter(name, kind, text, typed);
    }

    private List<Result> shown(Redirector redirector, List<Comparison.Needed> needed) throws RedirectException {
        if (needed.isEmpty()) {
            return List.of();
        }
        Map<String, List<String>> lines = redirector.preview(needed.stream().map(Comparison.Needed::shift).toList());
        List<String> beside = new ArrayList<>(flows.lines(redirector,
                needed.stream().map(Comparison.Needed::decision).toList()));
        return needed.stream().map(n -> {
            List<String> typed = new ArrayList<>(lines.getOrDefault(n.shift().service().name(), List.of()));
            typed.addAll(n.shift().planned() ? 0 : typed.size(), beside);
            beside.clear(); // they are the same for all
            return new Result(n.decision(), on(Outcome.Kind.SHOWN, "would type: " + String.join("; ", typed), typed),
                    n.shift().before(), List.of(), false, Optional.of(n.shift()), Optional.empty(), phases);
        }).toList();
    }

    private List<Result> act(Redirector redirector, List<Comparison.Needed> due) throws RedirectException {
        Set<Decision> wanted = due.isEmpty()
                ? Set.of()
                : host.stillWanted(due.stream().map(Comparison.Needed::decision).toList(), now);
        List<Result> results = new ArrayList<>();
        due.stream().filter(n -> !wanted.contains(n.decision())).forEach(n -> results.add(result(n.decision(),
                Outcome.Kind.OVERTAKEN, "things changed before anything was typed; decided anew", n.shift().before())));
        List<Comparison.Needed> needed = due.stream().filter(n -> wanted.contains(n.decision())).toList();
        if (!needed.isEmpty()) {
            results.addAll(type(redirector, needed));
        }
        return results;
    }

    private List<Result> type(Redirector redirector, List<Comparison.Needed> needed) throws RedirectException {
        List<Shift> shifts = needed.stream().map(Comparison.Needed::shift).toList();
        host.about(shifts);
        long began = System.nanoTime();
        Map<String, Done> done = redirector.apply(shifts).done();
        timed("apply", began);
        host.read(shifts.stream().map(Shift::service).toList(), seen(done));
        return putBack(redirector,
                needed.stream().map(n -> done(n, done.get(n.shift().service().name()))).toList());
    }

    private static Map<String, Seen> seen(Map<String, Done> done) {
        Map<String, Seen> seen = new HashMap<>();
        done.forEach((service, d) -> seen.put(service, d.seen()));
        return seen;
    }

    private Result done(Comparison.Needed needed, Done done) {
        return new Result(needed.decision(), on(done.kind(), done.text(), done.typed()), done.seen(), List.of(), false,
                Optional.of(needed.shift()), done.restore(), phases);
    }

    /** Takes back planned moves that could not be verified, if the old servers work. */
    private List<Result> putBack(Redirector redirector, List<Result> results) throws RedirectException {
        List<Result> bad = results.stream().filter(this::toBePutBack).toList();
        if (bad.isEmpty()) {
            return results;
        }
        Map<Result, Result> back = putBack(redirector, bad, host);
        return results.stream().map(r -> back.getOrDefault(r, r)).toList();
    }

    private boolean toBePutBack(Result result) {
        return result.on().kind() == Outcome.Kind.FAILED && result.decision().kind() == Kind.PLANNED
                && !result.decision().from().isEmpty() && result.decision().from().stream()
                        .allMatch(s -> host.works(result.decision().service(), s));
    }

    /** Takes changes back and looks again. Returns the new result for each old one. */
    static Map<Result, Result> putBack(Redirector redirector, List<Result> made, RoundHost host)
            throws RedirectException {
        List<Shift> reversed = made.stream()
                .map(r -> r.shift().orElseThrow().reversed(r.restore(), r.seen(), r.on().text())).toList();
        Map<String, Done> done = redirector.apply(reversed).done();
        host.read(reversed.stream().map(Shift::service).toList(), seen(done));
        Map<Result, Result> back = new LinkedHashMap<>();
        made.forEach(r -> back.put(r, putBack(r, done.get(r.decision().service().name()))));
        return back;
    }

    private static Result putBack(Result result, Done done) {
        boolean same = done.kind() == Outcome.Kind.MOVED;
        Result next = result.as(same ? Outcome.Kind.PUT_BACK : Outcome.Kind.FAILED,
                result.on().text() + (same ? ", put back" : ", and putting back failed"));
        return new Result(next.decision(), next.on(), done.seen(), List.of(), false, next.shift(), next.restore(),
                next.phases());
    }
}
