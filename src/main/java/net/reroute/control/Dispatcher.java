package net.reroute.control;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Comparison;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Outcome;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;

/** Gives each router its part of the decisions, and handles the results. */
final class Dispatcher {

    /** Routers revert a timed change after a minute; this leaves a margin for a slow device. */
    private static final Duration TIMER = Duration.ofSeconds(75);

    private final Parts parts;
    private final ControllerState state;
    private final Map<String, RouterWorker> workers;
    private final LanTakeover lan;
    private final ObservationHandler observations;
    private final DecisionCycle controller;
    private final MovesInProgress moves = new MovesInProgress();
    private final ProbeEvidence evidence = new ProbeEvidence();
    private final MoveCompletion completion;

    /** @param workers by router; may be filled later */
    Dispatcher(Parts parts, ControllerState state, Map<String, RouterWorker> workers, LanTakeover lan,
            ObservationHandler observations, DecisionCycle controller) {
        this.parts = parts;
        this.state = state;
        this.workers = workers;
        this.lan = lan;
        this.observations = observations;
        this.controller = controller;
        this.completion = new MoveCompletion(parts, state, workers, moves, observations, controller, evidence);
    }

    /** True if no move is in progress. */
    boolean isIdle() {
        return moves.isEmpty();
    }

    boolean isNew(Decision decision) {
        return moves.isNew(decision);
    }

    /** Begins a move. If the same move is already in progress, both get the same outcome. */
    Move begin(Decision decision, Snapshot now) {
        Move move = Move.of(decision, now, parts.clock().instant());
        moves.add(move).ifPresent(before -> {
            if (before.decision.to().equals(decision.to())) {
                move.outcome.thenAccept(before.outcome::complete); // requested twice: both get the same outcome
            } else {
                completion.overtaken(before, decision);
            }
        });
        return move;
    }

    /** Gives each router its part. The future completes when all have answered or cannot be reached. */
    CompletableFuture<Void> hand(Snapshot now, List<Decision> made, RefreshScope look) {
        return CompletableFuture.allOf(workers.values().stream().map(w -> hand(w, now, made, look))
                .toArray(CompletableFuture[]::new));
    }

    CompletableFuture<Void> hand(RouterWorker worker, Snapshot now, List<Decision> made, RefreshScope look) {
        boolean reads = look == RefreshScope.ALL || look == RefreshScope.CHEAP && worker.spec().isCheapToRead();
        List<Decision> part = made.stream().filter(d -> d.service().routers().contains(worker.name()))
                .filter(d -> reads || now.asked(d.service()) || concerns(d, worker.name(), now))
                .filter(d -> mayTouch(d, now)).toList();
        if (part.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        boolean byHand = !now.cause().asked().isEmpty();
        boolean show = !state.acts(parts.may()) || now.intents().pause().isPresent() && !byHand;
        List<Decision> urgent = part.stream().filter(d -> lan.isLost(worker, d)).toList();
        if (!urgent.isEmpty()) {
            Outcome.OnRouter on = new Outcome.OnRouter(worker.name(), Outcome.Kind.UNREACHABLE, worker.status().why(),
                    List.of());
            Thread.ofPlatform().daemon().name("lost-" + worker.name()).start(() -> results(urgent.stream()
                    .map(d -> Result.unseen(d, on)).toList(), now, show));
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> answered = new CompletableFuture<>();
        RoundRequest round = new RoundRequest(now, part, Optional.empty(), show, byHand, results -> {
            results(results, now, show);
            answered.complete(null);
        });
        boolean careful = !show && part.stream().noneMatch(d -> d.kind() == Kind.FAILOVER);
        List<Service> planned = part.stream().filter(d -> careful && d.kind() == Kind.PLANNED).map(Decision::service)
                .filter(s -> !s.livesOnLan() && !s.isList()).toList();
        if (planned.isEmpty()) {
            worker.submit(round);
        } else {
            Thread.ofPlatform().daemon().name("glance").start(() -> glance(planned, worker, round));
        }
        return answered;
    }

    /**
     * Probes services through a router before a planned move: if the probe fails before the move, its failure after the
     * move says nothing about the new server. Not on the router's thread, which a failover may need. Not on the LAN: a
     * probe refreshes this machine's neighbour entry, and Linux ignores gratuitous ARP for an entry that changed within
     * the last second (arp(7), locktime).
     */
    private void glance(List<Service> planned, RouterWorker worker, RoundRequest round) {
        try {
            parts.prober().glance(planned, worker.addresses())
                    .forEach((service, finding) -> evidence.before(service, finding.kind()));
        } finally {
            worker.submit(round);
        }
    }

    /** While paused, a request for one service must not move others. */
    private static boolean mayTouch(Decision decision, Snapshot now) {
        return now.intents().pause().isEmpty() || now.cause().asked().isEmpty() || now.asked(decision.service());
    }

    /** Unless routers are to be read, only those that must be changed are contacted. */
    private boolean concerns(Decision decision, String router, Snapshot now) {
        List<String> seen = state.seen(router, decision.service().name());
        boolean behind = !seen.isEmpty() && !decision.to().isEmpty() && !decision.isAt(seen);
        boolean otherForm = state.reading(router, decision.service().name())
                .filter(r -> Comparison.isOtherForm(decision, r.seen(), now)).isPresent();
        return decision.isMove() || behind && decision.kind() != Kind.HOLD || otherForm
                || state.flows().isBehind(router, decision, now);
    }

    private void results(List<Result> results, Snapshot of, boolean show) {
        List<Result> silent = lan.concerning(results);
        if (!silent.isEmpty()) {
            // This asks servers, and the router's thread must not wait for them.
            Thread.ofPlatform().daemon().name("fallback").start(() -> settle(lan.act(silent, show), of));
        }
        settle(results.stream().filter(r -> !silent.contains(r)).toList(), of);
    }

    private void settle(List<Result> results, Snapshot of) {
        Set<String> adopted = new HashSet<>();
        results.stream().filter(observations::note).forEach(r -> adopted.add(r.decision().service().name()));
        lan.answered();
        lookWhenTimersHaveRun(results);
        completion.goOn(moves.take(results, of));
        if (results.stream().anyMatch(r -> r.on().kind() == Outcome.Kind.OVERTAKEN)) {
            controller.cycle(Cause.of("decided anew"), RefreshScope.NONE);
        } else if (!adopted.isEmpty()) {
            controller.cycle(Cause.of("adopted what was found"), RefreshScope.NONE);
        }
    }

    /**
     * Some devices revert a planned change unless they are told to keep it. They were told; this reads them again when
     * the timer would have run out.
     */
    private void lookWhenTimersHaveRun(List<Result> results) {
        boolean any = false;
        for (Result result : results) {
            boolean may = parts.inventory().routers().containsKey(result.on().router()) && parts.inventory().routers()
                    .get(result.on().router()).cli().filter(c -> c.dialect().mayRevert()).isPresent();
            if (may && result.on().kind() == Outcome.Kind.MOVED
                    && result.shift().filter(Shift::planned).isPresent()) {
                state.timed(new RouterService(result.on().router(), result.decision().service().name()),
                        new ControllerState.Timed(
                                result.shift().get().before().servers(),
                                parts.clock().instant().plus(TIMER).plus(TIMER)));
                any = true;
            }
        }
        if (any) {
            parts.later().accept(TIMER,
                    () -> controller.cycle(Cause.of("timers of routers have run out"), RefreshScope.ALL));
        }
    }

    /** The routers that a move still waits for, and why. */
    String waitingFor(Move move) {
        return moves.state(move).awaited().stream()
                .map(r -> r + ": " + completion.whyItWaits(r))
                .collect(Collectors.joining("; "));
    }

    /** Runs a round that only reports what would be typed. */
    void show(Snapshot now, List<Decision> decisions, BiConsumer<String, List<Result>> told) {
        for (RouterWorker worker : workers.values()) {
            List<Decision> part = decisions.stream().filter(d -> d.service().routers().contains(worker.name()))
                    .toList();
            if (!part.isEmpty()) {
                worker.submit(
                        new RoundRequest(now, part, Optional.empty(), true, true, r -> told.accept(worker.name(), r)));
            }
        }
    }
}
