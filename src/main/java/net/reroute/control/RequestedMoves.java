package net.reroute.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import net.reroute.core.ActiveIntents;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;

/** Carries out requests: runs an ordinary cycle, and its outcome is the answer. */
final class RequestedMoves {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Controller controller;

    RequestedMoves(Controller controller) {
        this.controller = controller;
    }

    static Cause cause(Set<String> asked, Ask ask) {
        return new Cause("asked for " + ask.by(), asked, ask.force(), Optional.of(ask.by()));
    }

    List<Outcome> carryOut(ActiveIntents intents, Set<String> asked, Ask ask) throws RequestRefusedException {
        Snapshot now = controller.snapshot(cause(asked, ask)).with(intents);
        return ask.dryRun() || !controller.acts() ? show(now, asked) : wait(now, asked);
    }

    /** Aligns the routers of a list that has the server already, as far as they show otherwise. */
    List<Outcome> again(Service list, String server, ActiveIntents intents, Ask ask) throws RequestRefusedException {
        List<Outcome> outcomes = carryOut(intents, Set.of(list.name()), ask);
        if (outcomes.stream().flatMap(o -> o.routers().stream()).allMatch(r -> r.kind() == Outcome.Kind.ALREADY)) {
            throw new RequestRefusedException(
                    list.name() + " has " + server + " already, beside others; with --stay it has that alone");
        }
        return outcomes;
    }

    private List<Outcome> wait(Snapshot now, Set<String> asked) throws RequestRefusedException {
        Controller.Cycle cycle = controller.cycleNow(now.cause(), RefreshScope.NONE);
        if (cycle.decisions().isEmpty()) {
            throw new RequestRefusedException("the inventory was reloaded in the meantime; say it again");
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Outcome> outcomes = new ArrayList<>();
        for (Decision decision : cycle.decisions()) {
            Move move = cycle.moves().get(decision.service().name());
            if (move != null && (asked.isEmpty() || asked.contains(decision.service().name()))) {
                outcomes.add(await(move, end));
            } else if (asked.contains(decision.service().name())) {
                outcomes.add(held(decision, List.of(new OnRouter("all routers", Outcome.Kind.LEFT, "", List.of()))));
            }
        }
        return outcomes;
    }

    /** A held decision counts as refused even if the routers are as they should be. */
    private static Outcome held(Decision decision, List<OnRouter> routers) {
        return new Outcome(decision, routers.stream().map(r -> r.good() || r.text().isEmpty()
                ? new OnRouter(r.router(), Outcome.Kind.LEFT, decision.reason().text(), r.typed())
                : r).toList(), Map.of());
    }

    private Outcome await(Move move, long end) throws RequestRefusedException {
        try {
            Outcome outcome = move.outcome.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return move.decision.kind() == Kind.HOLD ? held(move.decision, outcome.routers()) : outcome;
        } catch (TimeoutException | ExecutionException e) {
            throw new RequestRefusedException(
                    "no outcome for " + move.decision.arrow() + " within " + PATIENCE.toSeconds()
                            + " s (" + controller.pool().dispatcher().waitingFor(move)
                            + "); 'reroute status' tells how it ends",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestRefusedException("interrupted", e);
        }
    }

    /** The lines that would be typed, from the routers' current tables. Waits 30 s at most. */
    List<Outcome> show(Snapshot now, Set<String> asked) {
        List<Decision> decisions = controller.decide(now).stream()
                .filter(d -> asked.contains(d.service().name()) || d.isMove()).toList();
        Map<String, List<OnRouter>> byService = new LinkedHashMap<>();
        Set<String> silent = decisions.stream().flatMap(d -> d.service().routers().stream())
                .filter(controller.pool().routers()::containsKey).collect(Collectors.toSet());
        CountDownLatch answered = new CountDownLatch(silent.size());
        controller.pool().dispatcher().show(now, decisions, (router, results) -> {
            synchronized (byService) {
                silent.remove(router);
                results.forEach(r -> byService.computeIfAbsent(r.decision().service().name(), s -> new ArrayList<>())
                        .add(r.on()));
            }
            answered.countDown();
        });
        try {
            answered.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (byService) {
            return decisions.stream().map(d -> new Outcome(d, shown(d, byService, silent), Map.of())).toList();
        }
    }

    private static List<OnRouter> shown(Decision decision, Map<String, List<OnRouter>> byService, Set<String> silent) {
        List<OnRouter> all = new ArrayList<>(byService.getOrDefault(decision.service().name(), List.of()));
        decision.service().routers().stream().filter(silent::contains).forEach(router -> all.add(new OnRouter(router,
                Outcome.Kind.UNREACHABLE, "no answer within " + PATIENCE.toSeconds() + " s", List.of())));
        return all;
    }
}
