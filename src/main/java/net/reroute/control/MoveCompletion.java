package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.control.MoveState.Applying;
import net.reroute.control.MoveState.Ended;
import net.reroute.control.MoveState.Input;
import net.reroute.control.MoveState.Probing;
import net.reroute.control.MoveState.PuttingBack;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Assignment;
import net.reroute.core.Assignments.Placed;
import net.reroute.core.Attribution;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Durations;
import net.reroute.core.Health.State;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Outcome;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Snapshot.Pair;
import net.reroute.core.Takeover;

/** Completes moves once every router has answered: probes, puts back, retries, and reports the outcome. */
final class MoveCompletion {

    private static final Attribution SELF = Attribution.program("", Instant.EPOCH);

    private final Parts parts;
    private final ControllerState state;
    private final Map<String, RouterWorker> workers;
    private final MovesInProgress underWay;
    private final ObservationHandler observations;
    private final DecisionCycle controller;
    private final ProbeJudge judge;
    private final Map<String, String> shown = new ConcurrentHashMap<>();
    private final Map<String, Integer> retries = new ConcurrentHashMap<>();

    /** @param workers by router; may be filled later */
    MoveCompletion(Parts parts, ControllerState state, Map<String, RouterWorker> workers, MovesInProgress underWay,
            ObservationHandler observations,
            DecisionCycle controller, ProbeEvidence witness) {
        this.judge = new ProbeJudge(parts, state, witness);
        this.parts = parts;
        this.state = state;
        this.workers = workers;
        this.underWay = underWay;
        this.observations = observations;
        this.controller = controller;
    }

    /** Does what the new states of these moves require. */
    void goOn(Collection<Move> moves) {
        List<Move> toProbe = new ArrayList<>();
        Map<Move, PuttingBack> toPutBack = new LinkedHashMap<>();
        for (Move move : moves) {
            switch (underWay.state(move)) {
                case Applying applying -> {
                }
                case Probing probing -> toProbe.add(move);
                case PuttingBack back -> toPutBack.put(move, back);
                case Ended ended -> end(move, ended);
            }
        }
        putBack(toPutBack);
        if (!toProbe.isEmpty()) {
            Thread.ofPlatform().daemon().name("probes").start(() -> probe(toProbe));
        }
    }

    private void probe(List<Move> moves) {
        Instant began = parts.clock().instant();
        Map<String, Map<Service, Prober.ProbeFinding>> findings = new HashMap<>();
        for (RouterWorker worker : workers.values()) {
            List<Service> there = moves.stream().filter(m -> movedOn(m).contains(worker.name()))
                    .map(m -> m.decision.service()).toList();
            findings.put(worker.name(), there.isEmpty() ? Map.of() : parts.prober().probe(there, worker.addresses()));
        }
        double took = Durations.millis(Duration.between(began, parts.clock().instant()));
        boolean again = false;
        for (Move move : moves) {
            underWay.happened(move, new Input.Probed(weighed(move, findings), took, oldWorks(move)));
            if (underWay.state(move) instanceof Ended ended) {
                again |= !ended.proven();
                judge(move, ended.proven());
            }
        }
        goOn(moves);
        if (again) {
            controller.cycle(Cause.of("a probe through the router failed"), RefreshScope.NONE);
        }
    }

    private List<String> movedOn(Move move) {
        return underWay.state(move).progress().moved().stream().map(r -> r.on().router()).toList();
    }

    /** True if all old servers are UP. Otherwise nothing is put back. */
    private boolean oldWorks(Move move) {
        String service = move.decision.service().name();
        return !move.decision.from().isEmpty() && move.decision.from().stream()
                .allMatch(s -> parts.monitor().verdict(s, service).state() == State.UP);
    }

    /** What the probes prove about one move, by router. */
    private Map<String, Prober.ProbeFinding> weighed(Move move,
            Map<String, Map<Service, Prober.ProbeFinding>> findings) {
        Map<String, Prober.ProbeFinding> weighed = new HashMap<>();
        movedOn(move).forEach(router -> Optional
                .ofNullable(findings.getOrDefault(router, Map.of()).get(move.decision.service()))
                .ifPresent(finding -> weighed.put(router, judge.weighed(move.decision, finding))));
        return weighed;
    }

    private void judge(Move move, boolean good) {
        String service = move.decision.service().name();
        if (good) {
            move.decision.joining().forEach(s -> state.probed(new Pair(service, s)));
        } else {
            setAside(service, move.decision.joining());
        }
    }

    /** Takes moves back, in one round for each router. */
    private void putBack(Map<Move, PuttingBack> moves) {
        Map<String, List<Result>> byRouter = new LinkedHashMap<>();
        moves.values().forEach(back -> back.made()
                .forEach(r -> byRouter.computeIfAbsent(r.on().router(), n -> new ArrayList<>()).add(r)));
        byRouter.forEach((router, results) -> putBack(workers.get(router), results, moves.keySet()));
    }

    private void putBack(RouterWorker worker, List<Result> results, Set<Move> moves) {
        if (worker == null) {
            putBackDone(moves, results.stream().map(r -> r.as(Outcome.Kind.FAILED,
                    r.on().text() + "; not put back, the inventory has no such router any more")).toList());
            return;
        }
        worker.submit(new RoundRequest(controller.snapshot(Cause.of("putting back")),
                results.stream().map(Result::decision).toList(), Optional.of(results), false, true,
                done -> putBackDone(moves, done)));
    }

    private void putBackDone(Set<Move> moves, List<Result> results) {
        Map<String, Move> byService = new HashMap<>();
        moves.forEach(m -> byService.put(m.decision.service().name(), m));
        List<Move> goingOn = new ArrayList<>();
        for (Result result : results) {
            observations.note(result);
            Move move = byService.get(result.decision().service().name());
            if (underWay.happened(move, new Input.Answered(result))) {
                goingOn.add(move);
            }
        }
        goOn(goingOn);
    }

    private void end(Move move, Ended ended) {
        Outcome outcome = ended.progress().outcome();
        boolean carried = ended.progress().carried();
        if (!carried && outcome.routers().stream().anyMatch(r -> r.kind() == Outcome.Kind.PUT_BACK)) {
            restore(move);
        }
        if (isNews(move, outcome)) {
            boolean notTaken = outcome.routers().stream().anyMatch(r -> r.router().equals(Takeover.LAN) && !r.good());
            // Skipped briefly; the cause may be temporary.
            if (notTaken && move.decision.kind() == Kind.FAILOVER) {
                move.decision.joining().forEach(s -> state.passOver(
                        new Pair(outcome.decision().service().name(), s), parts.clock().instant()));
            }
            parts.audit().record(MoveEnded.of(outcome, move.cause.by().orElse(SELF).actor()));
            retry(move, outcome);
        }
        underWay.remove(move);
        move.outcome.complete(outcome);
        if (carried && new LateChanges(parts).isToBeDecidedAgain(move.decision)) {
            controller.cycle(Cause.of(outcome.decision().service().name() + " was moved"), RefreshScope.NONE);
        }
    }

    /** False for a request that moved nothing and succeeded, and for a line that was already shown. */
    private boolean isNews(Move move, Outcome outcome) {
        boolean touched = outcome.routers().stream().anyMatch(r -> r.kind() != Outcome.Kind.OVERTAKEN);
        boolean worthIt = move.decision.isMove() || !outcome.good();
        return touched && worthIt && !(outcome.isShown() && outcome.sentence()
                .equals(shown.put(move.decision.service().name(), outcome.sentence())));
    }

    /**
     * Ends a move that a newer decision replaces. The outcome names that decision and the routers that had not
     * answered.
     */
    void overtaken(Move move, Decision by) {
        String why = "overtaken by a newer decision (" + by.arrow() + ": " + by.reason().text() + ")";
        MoveState state = underWay.state(move);
        List<Outcome.OnRouter> routers = new ArrayList<>(state.progress().results().values().stream().map(Result::on)
                .map(on -> new Outcome.OnRouter(on.router(), Outcome.Kind.OVERTAKEN, on.text() + "; " + why,
                        on.typed()))
                .toList());
        state.awaited().forEach(r -> routers.add(new Outcome.OnRouter(r, Outcome.Kind.OVERTAKEN,
                why + ", " + whyItWaits(r), List.of())));
        move.outcome.complete(new Outcome(move.decision, routers, Map.of()));
    }

    /** What a router is busy with. */
    String whyItWaits(String router) {
        return Optional.ofNullable(workers.get(router)).map(RouterWorker::whyItWaits)
                .orElse("the inventory has it no more");
    }

    /** Restores the assignment, which a router may have changed before the move was put back. */
    private void restore(Move move) {
        String service = move.decision.service().name();
        state.assignment(service).filter(p -> p.servers().equals(move.decision.to()))
                .ifPresent(p -> parts.audit().record(new Placed(service,
                        new Assignment(move.decision.from(), p.origin(), parts.clock().instant(), "put back"))));
        setAside(service, move.decision.joining());
    }

    /**
     * Sets aside servers that are UP by their checks although the probe through the router failed. DOWN servers are
     * skipped anyway.
     */
    private void setAside(String service, List<String> servers) {
        servers.stream().filter(s -> parts.monitor().verdict(s, service).state() == State.UP)
                .forEach(s -> state.setAside(new Pair(service, s), parts.clock().instant()));
    }

    /** A failover keeps every success and retries the rest: first after 0.5 s, later up to every 32 s. */
    private void retry(Move move, Outcome outcome) {
        String service = move.decision.service().name();
        if (outcome.good() || move.decision.kind() != Kind.FAILOVER) {
            retries.remove(service);
            return;
        }
        int times = retries.merge(service, 1, Integer::sum);
        parts.later().accept(Duration.ofMillis(500L << Math.min(6, times - 1)),
                () -> controller.cycle(Cause.of("trying " + service + " again"), RefreshScope.NONE));
    }
}
