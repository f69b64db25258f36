package net.reroute.health;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.core.CheckSpec;
import net.reroute.core.Target;
import net.reroute.health.HealthMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs checks on threads of their own. While one is in doubt it goes on by itself at its fast interval. */
public final class CheckScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckScheduler.class);

    private final HealthMonitor monitor;
    private final Set<Target> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public CheckScheduler(HealthMonitor monitor) {
        this.monitor = monitor;
    }

    /** Starts a round and returns at once. A target whose last round is not over is left to it. */
    public void start(Target target) {
        if (!closed && running.add(target)) {
            Thread.ofVirtual().name("check-" + target).start(() -> run(target));
        }
    }

    /** Goes on starting rounds at the check's interval until the end, for one who has no timetable. */
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
                    return; // not in the inventory any more
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
            LOG.error("the check {} ended with a mistake of the program; it runs again next time", target, e);
        } finally {
            running.remove(target);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
