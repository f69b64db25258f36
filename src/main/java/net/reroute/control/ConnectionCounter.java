package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.reroute.control.FlowState.Counted;
import net.reroute.core.Assignment;
import net.reroute.core.FlowPlan;
import net.reroute.core.FlowRemarks.FlowsGone;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Snapshot.Pair;
import net.reroute.redirect.Connections;
import net.reroute.redirect.Connections.Count;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;

/**
 * Counts connections at servers that were left, while there are any. Routers have hundreds of thousands, so they are
 * counted seldom where that takes long.
 */
final class ConnectionCounter {

    /** The part of a router's time that counting may take. */
    private static final int PART = 20;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Parts parts;
    private final FlowState flows;
    private final DecisionCycle controller;
    private final Map<String, Instant> notBefore = new HashMap<>();
    private Map<String, Set<String>> busy = Map.of();

    ConnectionCounter(Parts parts, FlowState flows, DecisionCycle controller) {
        this.parts = parts;
        this.flows = flows;
        this.controller = controller;
    }

    /** Hands counting to those routers that should. Does not wait. */
    void count(Iterable<RouterWorker> workers) {
        Snapshot now = controller.snapshot(Cause.of("counting"));
        for (RouterWorker worker : workers) {
            FlowPlan plan = FlowPlan.of(worker.name(), now, Map.of());
            if (isDue(worker.name(), plan, now)
                    && worker.whenIdle(redirector -> prepare(worker.name(), redirector, plan))) {
                waitFor(worker.name(), LONGEST); // until it has counted
            }
        }
    }

    private synchronized boolean isDue(String router, FlowPlan plan, Snapshot now) {
        Instant time = parts.clock().instant();
        boolean kept = plan.services().stream().anyMatch(k -> k.flows().kept());
        if (!kept || flows.trouble(router).isPresent() || time.isBefore(notBefore.getOrDefault(router, Instant.MIN))) {
            return false;
        }
        return flows.counted(router).map(c -> plan.services().stream().anyMatch(k -> mayLeave(k, c, now))).orElse(true);
    }

    /** True if a server that carries nothing new had connections, or carried new ones since. */
    private static boolean mayLeave(FlowPlan.Kept kept, Counted last, Snapshot now) {
        Assignment at = now.assignments().get(kept.service().name());
        return hasMovedSince(kept, last, now) || kept.flows().kept() && at != null && kept.hops().keySet().stream()
                .filter(s -> !at.servers().contains(s))
                .anyMatch(s -> last.counts().getOrDefault(new Pair(kept.service().name(), s), new Count(0, 0))
                        .live() > 0);
    }

    /** The router's thread only prepares: a count takes as long as the router has connections. */
    private Void prepare(String router, Redirector redirector, FlowPlan plan) throws RedirectException {
        if (redirector.traits().connections().isPresent()) {
            Connections.Counting counting = redirector.traits().connections().get().counting(plan);
            Thread.ofPlatform().daemon().name("count-" + router).start(() -> count(router, counting));
        }
        return null;
    }

    private void count(String router, Connections.Counting counting) {
        long began = System.nanoTime();
        Instant at = parts.clock().instant();
        try {
            flows.count(router, new Counted(at, counting.count(), ""));
            tell();
        } catch (RedirectException e) {
            flows.count(router, new Counted(at, Map.of(), e.getMessage()));
        } finally {
            waitFor(router, Duration.ofNanos(System.nanoTime() - began).multipliedBy(PART - 1));
        }
    }

    private synchronized void waitFor(String router, Duration time) {
        notBefore.put(router, parts.clock().instant().plus(time));
    }

    /** Connections at servers that were left. */
    LeftConnections left(Iterable<RouterWorker> workers) {
        Snapshot now = controller.snapshot(Cause.of("connections"));
        Map<Pair, Integer> live = new HashMap<>();
        flows.live().forEach((pair, number) -> {
            if (number > 0 && isKept(pair, now) && isLeft(pair.service(), pair.server(), now)) {
                live.put(pair, number);
            }
        });
        boolean current = true;
        Map<String, String> troubles = new TreeMap<>();
        Map<String, String> uncounted = new TreeMap<>();
        for (RouterWorker worker : workers) {
            FlowPlan plan = FlowPlan.of(worker.name(), now, Map.of());
            flows.trouble(worker.name()).ifPresent(why -> troubles.put(worker.name(), why));
            if (plan.services().stream().anyMatch(k -> k.flows().kept()) && !troubles.containsKey(worker.name())) {
                if (worker.status().state() != RouterStatus.Reachability.REACHABLE) {
                    uncounted.put(worker.name(), worker.whyItWaits());
                }
                flows.counted(worker.name()).map(Counted::why).filter(w -> !w.isEmpty())
                        .ifPresent(why -> uncounted.put(worker.name(), why));
                current &= flows.counted(worker.name())
                        .filter(c -> plan.services().stream().noneMatch(k -> hasMovedSince(k, c, now))).isPresent();
            }
        }
        return new LeftConnections(live, current, troubles, uncounted);
    }

    private static boolean hasMovedSince(FlowPlan.Kept kept, Counted last, Snapshot now) {
        Assignment at = now.assignments().get(kept.service().name());
        return kept.flows().kept() && at != null && !at.since().isBefore(last.at())
                && !at.servers().containsAll(kept.hops().keySet());
    }

    /** Records servers that have lost their last connection after they were left. */
    private synchronized void tell() {
        Snapshot now = controller.snapshot(Cause.of("counted"));
        Map<String, Set<String>> next = new TreeMap<>();
        flows.live().forEach((pair, number) -> {
            if (number > 0 && isKept(pair, now) && isLeft(pair.service(), pair.server(), now)) {
                next.computeIfAbsent(pair.server(), s -> new TreeSet<>()).add(pair.service());
            }
        });
        busy.forEach((server, services) -> {
            if (!next.containsKey(server)
                    && services.stream().allMatch(s -> isKept(new Pair(s, server), now) && isLeft(s, server, now))) {
                parts.audit().record(new FlowsGone(server, new ArrayList<>(services)));
            }
        });
        busy = Map.copyOf(next);
    }

    private static boolean isKept(Pair pair, Snapshot now) {
        return Optional.ofNullable(now.inventory().services().get(pair.service()))
                .filter(s -> s.flows().kept() && s.servers().contains(pair.server())).isPresent();
    }

    private static boolean isLeft(String service, String server, Snapshot now) {
        Assignment at = now.assignments().get(service);
        return at != null && !at.servers().contains(server);
    }
}
