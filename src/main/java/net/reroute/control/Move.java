package net.reroute.control;

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
import net.reroute.core.Outcome;
import net.reroute.core.Situation.Cause;

/** One decision on its way to all routers of its service. Guarded by the controller's lock. */
final class Move {

    private static final List<String> PHASES = List.of("detect", "decide", "look", "apply", "probe");

    final Decision decision;
    final Cause cause;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Set<String> waitingFor;
    private final Map<String, Result> results = new LinkedHashMap<>();
    private final Map<String, Double> phases;

    Move(Decision decision, Cause cause, List<String> routers, Map<String, Double> phases) {
        this.decision = decision;
        this.cause = cause;
        this.waitingFor = new LinkedHashSet<>(routers);
        this.phases = phases;
    }

    /** Takes a router's result. Returns true if it was the last one awaited. */
    boolean take(Result result) {
        boolean awaited = waitingFor.remove(result.on().router());
        results.put(result.on().router(), result);
        // The slowest router is what a client waits for.
        result.phases().forEach((name, ms) -> phases.merge(name, ms, Math::max));
        return awaited && waitingFor.isEmpty();
    }

    void waitFor(List<String> routers) {
        waitingFor.addAll(routers);
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
