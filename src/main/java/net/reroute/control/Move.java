package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Outcome;
import net.reroute.core.Situation;
import net.reroute.core.Situation.Cause;
import net.reroute.core.Verdict;

/** One decision on its way to all routers of its service. Guarded by {@link UnderWay}. */
final class Move {

    private static final List<String> PHASES = List.of("detect", "decide", "look", "apply", "probe");

    final Decision decision;
    final Cause cause;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Set<String> waitingFor;
    private final Map<String, Result> results = new LinkedHashMap<>();
    private final Map<String, Double> phases;

    private Move(Decision decision, Cause cause, List<String> routers, Map<String, Double> phases) {
        this.decision = decision;
        this.cause = cause;
        this.waitingFor = new LinkedHashSet<>(routers);
        this.phases = phases;
    }

    /** A move that begins now; of a failover it is known how long it took to notice and to decide. */
    static Move of(Decision decision, Situation now, Instant begins) {
        Map<String, Double> phases = new LinkedHashMap<>();
        if (decision.kind() == Decision.Kind.FAILOVER) {
            decision.leaving().stream().findFirst().ifPresent(lost -> {
                Verdict verdict = now.verdict(decision.service(), lost);
                phases.put("detect", Durations.millis(Duration.between(verdict.doubtSince(), verdict.since())));
                phases.put("decide", Durations.millis(Duration.between(verdict.since(), begins)));
            });
        }
        return new Move(decision, now.cause(), decision.service().routers(), phases);
    }

    /** Takes a router's result. Returns true if it was the last one awaited. */
    boolean take(Result result) {
        if (!waitingFor.remove(result.on().router())) {
            return false; // a later look at a router that has answered says nothing about this move
        }
        results.put(result.on().router(), result);
        // The slowest router is what a client waits for.
        result.phases().forEach((name, ms) -> phases.merge(name, ms, Math::max));
        return waitingFor.isEmpty();
    }

    /** What a probe adds to a router's result. */
    void amend(Result result) {
        results.put(result.on().router(), result);
    }

    /** Asked for by hand, against what speaks against it. */
    boolean forced() {
        return cause.force() && cause.asked().contains(decision.service().name());
    }

    void waitFor(List<String> routers) {
        waitingFor.addAll(routers);
    }

    List<String> waitingFor() {
        return List.copyOf(waitingFor);
    }

    void phase(String name, double millis) {
        phases.merge(name, millis, Math::max);
    }

    List<Result> results() {
        return new ArrayList<>(results.values());
    }

    boolean movedOn(String router) {
        Result result = results.get(router);
        return result != null && result.on().kind() == Outcome.Kind.MOVED;
    }

    List<Result> moved() {
        return results.values().stream().filter(r -> r.on().kind() == Outcome.Kind.MOVED).toList();
    }

    /** True if at least one router carries the new placement. */
    boolean carried() {
        return results.values().stream()
                .anyMatch(r -> r.on().kind() == Outcome.Kind.MOVED || r.on().kind() == Outcome.Kind.ALREADY);
    }

    Outcome end() {
        Map<String, Double> ordered = new LinkedHashMap<>();
        PHASES.stream().filter(phases::containsKey).forEach(p -> ordered.put(p, phases.get(p)));
        return new Outcome(decision, results.values().stream().map(Result::on).toList(), ordered);
    }

    Optional<Result> bad() {
        return results.values().stream().filter(r -> !r.on().good()).findFirst();
    }
}
