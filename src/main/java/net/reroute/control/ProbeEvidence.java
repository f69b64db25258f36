package net.reroute.control;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Service;

/**
 * Whether a probe that fails says anything about a server. One that fails through every server of a service, or that failed
 * before the move as well, speaks against the way from here to the service: a firewall, this machine's own route.
 */
final class ProbeEvidence {

    /** Servers through which the probe of a service failed, since it was last good. */
    private final Map<String, Set<String>> failed = new HashMap<>();
    private final Set<String> failedBefore = new HashSet<>();
    private final Set<String> blind = new HashSet<>();

    /** What a probe found before a planned move. */
    synchronized void before(Service service, Prober.Kind found) {
        if (found == Prober.Kind.BAD) {
            failedBefore.add(service.name());
        } else if (found == Prober.Kind.GOOD) {
            good(service.name());
        }
    }

    /** A service answered through its router: a failure is evidence again. */
    synchronized void good(String service) {
        failed.remove(service);
        failedBefore.remove(service);
        blind.remove(service);
    }

    /**
     * Takes in a probe that failed. Returns true if it speaks against these servers.
     *
     * @param fit all servers of the service that could carry it by their checks
     */
    synchronized boolean speaksAgainst(String service, Collection<String> servers, Collection<String> fit) {
        Set<String> all = failed.computeIfAbsent(service, s -> new HashSet<>());
        all.addAll(servers);
        boolean everybody = fit.size() > 1 && all.containsAll(fit);
        return !everybody && !failedBefore.contains(service) && !blind.contains(service);
    }

    /** Returns true if it is news that a service cannot be probed from here. */
    synchronized boolean becomesBlind(String service) {
        return blind.add(service);
    }
}
