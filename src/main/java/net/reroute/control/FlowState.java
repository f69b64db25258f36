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

    private final Map<String, Set<Pair>> ending = new HashMap<>();
    private final Map<String, String> trouble = new HashMap<>();
    private final Set<String> crowded = new HashSet<>();
    private final Map<String, Counted> counted = new HashMap<>();

    /** Remembers that a router does as this plan says. Returns true if it did not before. */
    synchronized boolean tended(String router, FlowPlan plan) {
        ending.put(router, plan.ending());
        return trouble.remove(router) != null;
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
        Set<Pair> there = ending.get(router);
        if (there == null || !decision.service().flows().kept() || decision.to().isEmpty()) {
            return false;
        }
        String service = decision.service().name();
        Map<String, Fate> fates = FlowPlan.fates(decision.service(), now, decision.to());
        return fates.entrySet().stream().anyMatch(e -> e.getValue() != Fate.UNKNOWN
                && (e.getValue() == Fate.ENDS) != there.contains(new Pair(service, e.getKey())));
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
                ending.getOrDefault(router, Set.of()).contains(pair) ? 0 : count.live(), Integer::sum)));
        return live;
    }

    /** Forgets routers that are not among these. */
    synchronized void keepOnly(Set<String> routers) {
        ending.keySet().retainAll(routers);
        trouble.keySet().retainAll(routers);
        counted.keySet().retainAll(routers);
    }
}
