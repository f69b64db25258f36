package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.control.RouterStatus;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.Intent;
import net.reroute.core.Reason;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Verdict;

/**
 * What standings are made from: the snapshot that the decisions are made from, and the state of the routers.
 *
 * @param acts true if decisions are typed
 * @param routers by name
 */
record StandingFacts(Snapshot snapshot, boolean acts, Map<String, RouterStatus> routers) {

    /**
     * One service.
     *
     * @param drift how routers differ and are left so, by router
     * @param flapping servers that turned UP and DOWN too often lately, and how often
     * @param left when it left its home, if that is known
     */
    record Of(Decision decision, Whereabouts where, Map<String, String> drift,
            Map<String, Integer> flapping,
            Optional<Instant> left) {

        Service service() {
            return decision.service();
        }

        /** True if it is where it is without a pin or a failure. */
        boolean isHome() {
            return Set.copyOf(where.servers()).equals(Set.copyOf(service().preferred(Optional.empty())));
        }
    }

    State state(Of of, String server) {
        return verdict(of, server).state();
    }

    Verdict verdict(Of of, String server) {
        return snapshot.verdict(of.service(), server);
    }

    Optional<Intent> pin(Of of) {
        return snapshot.intents().pin(of.service().name(), now());
    }

    /** The maintenance that concerns a member of a service. */
    Optional<Intent> maintenance(Service service, String member) {
        return snapshot.inventory().behind(service, member)
                .flatMap(s -> snapshot.intents().maintenance(s.name(), now()));
    }

    /** Servers that would carry it if nothing were wrong, and do not. */
    List<String> missing(Of of) {
        return of.service().preferred(Optional.empty()).stream().filter(s -> !of.where.servers().contains(s)).toList();
    }

    /** A router of the service that takes no commands; its name and status. */
    Optional<Map.Entry<String, RouterStatus>> unusable(Of of) {
        return of.service().routers().stream().filter(routers::containsKey)
                .map(r -> Map.entry(r, routers.get(r)))
                .filter(e -> e.getValue().isUnusable()).findFirst();
    }

    /** When a preferred server may carry the service again, if it stays as it is: the end of its soak. */
    Optional<Instant> soakEnds(Of of) {
        boolean waits = of.decision.kind() == Kind.STAY && of.decision.reason() instanceof Reason.NotReady;
        return waits
                ? missing(of).stream().filter(s -> verdict(of, s).candidate() && maintenance(of.service(), s).isEmpty())
                        .map(s -> snapshot.fitSince(of.service(), s).plus(of.service().rules().soak()))
                        .min(Instant::compareTo)
                : Optional.empty();
    }

    Instant now() {
        return snapshot.times().now();
    }
}
