package net.reroute.health;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.core.CheckSpec;
import net.reroute.core.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each check on a virtual thread. A check in doubt repeats at its fast interval. Thread-safe. */
public final class CheckScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckScheduler.class);

    private static final Duration BETWEEN_FIRST = Duration.ofMillis(1);

    private final HealthMonitor monitor;
    private final Set<Target> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public CheckScheduler(HealthMonitor monitor) {
        this.monitor = monitor;
    }

    /** Starts a check and returns at once. Does nothing while the same check still runs. */
    public void start(Target target) {
        if (!closed && running.add(target)) {
            Thread.ofVirtual().name("check-" + target).start(() -> run(target));
        }
    }

    /**
     * Starts checks that have no result yet, one each millisecond: a daemon that has just begun knows soon what is up,
     * and does not ask a thousand servers in the same moment. Returns at once.
     */
    public void startSoon(Collection<Target> targets) {
        Thread.ofVirtual().name("first-checks").start(() -> {
            try {
                for (Target target : targets) {
                    start(target);
                    Thread.sleep(BETWEEN_FIRST);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Starts the check at its interval until this is closed, for a process without a timetable. Returns at once. */
    public void repeat(Target target) {
        Thread.ofVirtual().name("repeat-" + target).start(() -> {
            try {
                while (!closed) {
                    start(target);
                    Thread.sleep(monitor.spec(target).timers().every());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void run(Target target) {
        try {
            long next = System.nanoTime();
            while (!closed && monitor.check(target)) {
                CheckSpec spec = monitor.spec(target);
                if (spec == null) {
                    return; // no longer in the inventory
                }
                next += spec.timers().fast().toNanos();
                long pause = next - System.nanoTime();
                if (pause > 0) {
                    Thread.sleep(Duration.ofNanos(pause));
                } else {
                    next = System.nanoTime(); // the check itself took longer; missed rounds are not replayed
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("the check {} ended with an internal error; it runs again next time", target, e);
        } finally {
            running.remove(target);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
