package net.reroute.control;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Service;

/**
 * Judges whether a failed probe says anything about a server. If the probe fails through every server of a service, or
 * failed before the move too, the path from here to the service is at fault: a firewall, or this machine's own route.
 * Thread-safe.
 */
final class ProbeEvidence {

    /** Servers through which the probe of a service failed since its last success. */
    private final Map<String, Set<String>> failed = new HashMap<>();
    private final Set<String> failedBefore = new HashSet<>();
    private final Set<String> blind = new HashSet<>();

    /** Takes in a probe from before a planned move. */
    synchronized void before(Service service, Prober.ProbeResult found) {
        if (found == Prober.ProbeResult.BAD) {
            failedBefore.add(service.name());
        } else if (found == Prober.ProbeResult.GOOD) {
            good(service.name());
        }
    }

    /** A service answered through its router: failures are evidence again. */
    synchronized void good(String service) {
        failed.remove(service);
        failedBefore.remove(service);
        blind.remove(service);
    }

    /**
     * Takes in a failed probe. Returns true if it speaks against these servers.
     *
     * @param fit all servers of the service that are fit by their checks
     */
    synchronized boolean speaksAgainst(String service, Collection<String> servers, Collection<String> fit) {
        Set<String> all = failed.computeIfAbsent(service, s -> new HashSet<>());
        all.addAll(servers);
        boolean everybody = fit.size() > 1 && all.containsAll(fit);
        return !everybody && !failedBefore.contains(service) && !blind.contains(service);
    }

    /** Returns true the first time that a service cannot be probed from here. */
    synchronized boolean becomesBlind(String service) {
        return blind.add(service);
    }
}
