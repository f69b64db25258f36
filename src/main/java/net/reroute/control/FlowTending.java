package net.reroute.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Decision;
import net.reroute.core.FlowPlan;
import net.reroute.core.Seen;
import net.reroute.core.Snapshot;
import net.reroute.redirect.Connections;
import net.reroute.redirect.Connections.Tended;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;

/** A round's part for connections. What goes wrong here never stops a route. */
final class FlowTending {

    private final String router;
    private final Snapshot now;
    private final RoundHost host;

    FlowTending(String router, Snapshot now, RoundHost host) {
        this.router = router;
        this.now = now;
        this.host = host;
    }

    /**
     * Before planned moves: connections must have their marks before the route leaves their server.
     *
     * @param moves that are about to be made
     */
    void before(Redirector redirector, Map<String, Seen> seen, List<Decision> moves) {
        Map<String, List<String>> at = shown(seen);
        moves.forEach(d -> at.put(d.service().name(), d.to()));
        tend(redirector, at);
    }

    /**
     * After failovers: nothing may delay the route, and connections end only if it really left.
     *
     * @param changed where services are that were to be moved
     */
    void after(Redirector redirector, Map<String, Seen> seen, Map<String, List<String>> changed) {
        Map<String, List<String>> at = shown(seen);
        at.putAll(changed);
        tend(redirector, at);
    }

    private static Map<String, List<String>> shown(Map<String, Seen> seen) {
        Map<String, List<String>> at = new HashMap<>();
        seen.forEach((service, there) -> at.put(service, there.servers()));
        return at;
    }

    private void tend(Redirector redirector, Map<String, List<String>> at) {
        Optional<Connections> connections = redirector.traits().connections();
        FlowPlan plan = FlowPlan.of(router, now, at);
        if (connections.isEmpty() || plan.isEmpty() && !host.keepsConnections()) {
            return;
        }
        if (!host.mayTend()) {
            return;
        }
        long began = System.nanoTime();
        try {
            Tended done = connections.get().tend(plan, false);
            host.tended(plan, done);
            if (!done.trouble().isEmpty()) {
                host.notTended(done.trouble(), Duration.ZERO);
            }
        } catch (RedirectException e) {
            host.notTended(e.getMessage(), Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** Where nothing may be typed: tells that something would have to be. */
    void watch(Redirector redirector, Map<String, Seen> seen) {
        FlowPlan plan = FlowPlan.of(router, now, shown(seen));
        Optional<Connections> connections = redirector.traits().connections();
        if (connections.isEmpty() || plan.isEmpty() || !host.mayTend()) {
            return;
        }
        try {
            Tended would = connections.get().tend(plan, true);
            if (would.found().isEmpty()) {
                host.tendedBefore();
            } else {
                host.notTended(would.found() + ", and nothing may be typed now; a move with --dry-run shows the lines",
                        Duration.ZERO);
            }
        } catch (RedirectException e) {
            host.notTended(e.getMessage(), Duration.ZERO);
        }
    }

    /** The lines that the decisions would need beside those for routes; a reason why there are none counts as one. */
    List<String> lines(Redirector redirector, List<Decision> decisions) {
        Map<String, List<String>> at = new HashMap<>();
        decisions.forEach(d -> at.put(d.service().name(), d.to()));
        FlowPlan plan = FlowPlan.of(router, now, at);
        Optional<Connections> connections = redirector.traits().connections();
        if (connections.isEmpty() || plan.isEmpty()) {
            return List.of();
        }
        try {
            Tended would = connections.get().tend(plan, true);
            return would.lines();
        } catch (RedirectException e) {
            return List.of("# connections are not kept: " + e.getMessage());
        }
    }
}
