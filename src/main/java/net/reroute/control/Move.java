package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Health.State;
import net.reroute.core.Outcome;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Verdict;

/** One decision on its way to all routers of its service. {@link MovesInProgress} guards its state. */
final class Move {

    final Decision decision;
    final Cause cause;
    final Instant decidedAt;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private MoveState state;

    private Move(Decision decision, Snapshot from, MoveState state) {
        this.decision = decision;
        this.cause = from.cause();
        this.decidedAt = from.times().now();
        this.state = state;
    }

    /** Begins a move. A failover includes the times that it took to notice the failure and to decide. */
    static Move of(Decision decision, Snapshot now, Instant begins) {
        Map<String, Double> phases = new LinkedHashMap<>();
        if (decision.kind() == Decision.Kind.FAILOVER) {
            decision.leaving().stream().findFirst().ifPresent(lost -> {
                Verdict verdict = now.verdict(decision.service(), lost);
                if (verdict.state() != State.DOWN) {
                    return; // it left for another reason
                }
                phases.put("detect", Durations.millis(Duration.between(verdict.doubtSince(), verdict.since())));
                phases.put("decide", Durations.millis(Duration.between(verdict.since(), begins)));
            });
        }
        boolean forced = now.cause().force() && now.asked(decision.service());
        return new Move(decision, now, MoveState.begin(decision, forced, phases));
    }

    MoveState state() {
        return state;
    }

    /** Applies an event. Returns true if the state is then of another kind. */
    boolean happened(MoveState.Input event) {
        Class<?> before = state.getClass();
        state = state.next(event);
        return state.getClass() != before;
    }
}
