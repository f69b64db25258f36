package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Outcome;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Verdict;

/** One decision on its way to all routers of its service. Its state is guarded by {@link MovesInProgress}. */
final class Move {

    final Decision decision;
    final Cause cause;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private MoveState state;

    private Move(Decision decision, Cause cause, MoveState state) {
        this.decision = decision;
        this.cause = cause;
        this.state = state;
    }

    /** A move that begins now; of a failover it is known how long it took to notice and to decide. */
    static Move of(Decision decision, Snapshot now, Instant begins) {
        Map<String, Double> phases = new LinkedHashMap<>();
        if (decision.kind() == Decision.Kind.FAILOVER) {
            decision.leaving().stream().findFirst().ifPresent(lost -> {
                Verdict verdict = now.verdict(decision.service(), lost);
                phases.put("detect", Durations.millis(Duration.between(verdict.doubtSince(), verdict.since())));
                phases.put("decide", Durations.millis(Duration.between(verdict.since(), begins)));
            });
        }
        boolean forced = now.cause().force() && now.asked(decision.service());
        return new Move(decision, now.cause(), MoveState.begin(decision, forced, phases));
    }

    MoveState state() {
        return state;
    }

    /** Takes in what happened. Returns true if the state is of another kind now. */
    boolean happened(MoveState.Event event) {
        Class<?> before = state.getClass();
        state = state.next(event);
        return state.getClass() != before;
    }
}
