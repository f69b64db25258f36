package net.reroute.app;

import java.util.Collection;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health.State;
import net.reroute.core.Target;
import net.reroute.health.HealthMonitor;

/** Whether what this controller sees of servers counts. Looked at a few times a second, however many there are. */
final class Evidence {

    private static final long BETWEEN = 100_000_000;

    private volatile boolean counts;
    private volatile long at = System.nanoTime() - 2 * BETWEEN;

    boolean counts(HealthMonitor monitor) {
        long now = System.nanoTime();
        if (now - at > BETWEEN) {
            at = now;
            counts = counted(monitor);
        }
        return counts;
    }

    /**
     * True if what this controller sees counts: it has looked at everything, and sees at least one of several servers.
     */
    private static boolean counted(HealthMonitor monitor) {
        Collection<Settled> settled = monitor.settled().values();
        long servers = monitor.targets().stream().map(Target::server).distinct().count();
        boolean blind = servers > 1 && settled.stream().noneMatch(s -> s.state() == State.UP);
        return !blind && monitor.unchecked().isEmpty();
    }
}
