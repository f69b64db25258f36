package net.reroute.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Decision;
import net.reroute.core.FlowPlan;
import net.reroute.core.FlowPlan.Fate;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Pair;
import net.reroute.redirect.Connections.Count;

/** What is known of connections on routers while this process lives. Thread-safe. */
final class FlowState {

    /**
     * @param at when they were counted
     * @param why they could not be; empty if they were
     */
    record Counted(Instant at, Map<Pair, Count> counts, String why) {}

    private final Map<String, Map<String, FlowPlan.Kept>> plans = new HashMap<>();
    private final Map<String, String> trouble = new HashMap<>();
    private final Set<String> crowded = new HashSet<>();
    private final Map<String, Counted> counted = new HashMap<>();

    /** Remembers that a router does as this plan says. */
    synchronized void tended(String router, FlowPlan plan) {
        Map<String, FlowPlan.Kept> before = plans.getOrDefault(router, Map.of());
        Map<String, FlowPlan.Kept> next = new HashMap<>();
        plan.services().forEach(k -> next.put(k.service().name(),
                Optional.ofNullable(before.get(k.service().name())).map(k::after).orElse(k)));
        plans.put(router, next);
        trouble.remove(router);
    }

    /** Remembers that nothing keeps a router from keeping connections. */
    synchronized void keeps(String router) {
        trouble.remove(router);
    }

    /** Remembers why a router keeps no connections. Returns true if that is new. */
    synchronized boolean notTended(String router, String why) {
        return !why.equals(trouble.put(router, why));
    }

    /** Remembers whether a router has hardly room for connections. Returns true if it has since now. */
    synchronized boolean isNewlyCrowded(String router, boolean now) {
        if (!now) {
            crowded.remove(router);
        }
        return now && crowded.add(router);
    }

    /** Why a router keeps no connections; empty if it does, or need not. */
    synchronized Optional<String> trouble(String router) {
        return Optional.ofNullable(trouble.get(router));
    }

    /** True if connections of a service end at the router that should not, or the other way round. */
    synchronized boolean isBehind(String router, Decision decision, Snapshot now) {
        Service service = decision.service();
        Optional<FlowPlan.Kept> there = kept(router, service.name());
        if (there.isEmpty() || !service.flows().kept() || decision.to().isEmpty()) {
            return false;
        }
        Map<String, Fate> fates = FlowPlan.fates(service, now, decision.to());
        return there.get().elsewhere() != FlowPlan.elsewhere(service, now, decision.to())
                || fates.entrySet().stream().anyMatch(e -> e.getValue() != Fate.UNKNOWN
                        && (e.getValue() == Fate.ENDS) != (there.get().fates().get(e.getKey()) == Fate.ENDS));
    }

    private Optional<FlowPlan.Kept> kept(String router, String service) {
        return Optional.ofNullable(plans.get(router)).map(p -> p.get(service));
    }

    /** True if connections of a service have an end on this router wherever the route does not lead. */
    synchronized boolean isOver(String router, String service) {
        return kept(router, service).filter(k -> k.elsewhere() == Fate.ENDS).isPresent();
    }

    synchronized void count(String router, Counted now) {
        counted.put(router, now);
    }

    synchronized Optional<Counted> counted(String router) {
        return Optional.ofNullable(counted.get(router));
    }

    /** Connections that live on all routers, by service and server. Those that end have none that lives. */
    synchronized Map<Pair, Integer> live() {
        Map<Pair, Integer> live = new HashMap<>();
        counted.forEach((router, c) -> c.counts().forEach((pair, count) -> live.merge(pair,
                isEnding(router, pair) ? 0 : count.live(), Integer::sum)));
        return live;
    }

    private boolean isEnding(String router, Pair pair) {
        return kept(router, pair.service())
                .filter(k -> k.elsewhere() == Fate.ENDS || k.fates().get(pair.server()) == Fate.ENDS).isPresent();
    }

    /** Forgets routers that are not among these. */
    synchronized void keepOnly(Set<String> routers) {
        plans.keySet().retainAll(routers);
        trouble.keySet().retainAll(routers);
        counted.keySet().retainAll(routers);
    }
}
