package net.reroute.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.reroute.schedule.ClockWatch;
import net.reroute.schedule.PauseWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on whatever else stands still: looks at the clocks, and tells the service manager that the watch goes on. A
 * platform thread: it must not wait for what it watches.
 */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** What comes every second and has not come for so long does not come any more. */
    static final Duration STUCK = Duration.ofSeconds(10);
    /** And what has not come for so long, while this thread was there to see it, will not be waited for any longer. */
    static final Duration LOST = Duration.ofSeconds(30);
    private static final Duration GAP = Duration.ofSeconds(2);
    private static final Path UPTIME = Path.of("/proc/uptime");

    /**
     * What is watched, and what follows.
     *
     * @param stuck what of the watch does not go on; empty if all does
     * @param alarm told once what does not go on
     * @param end ends the process: whoever started it starts it anew
     */
    record Watched(Supplier<Optional<String>> stuck, Consumer<String> alarm, Runnable end) {}

    private final ServiceManager manager;
    private final Watched watched;
    private final Thread thread;
    private volatile long beaten = System.nanoTime();
    private volatile boolean closed;
    private long lookedAt = System.nanoTime();
    private long tickedAt = System.nanoTime();
    private boolean complained;
    private long stoodStill;

    /** Begins. */
    Heartbeat(ClockWatch clock, PauseWatch pause, ServiceManager manager, Watched watched) {
        this.manager = manager;
        this.watched = watched;
        this.thread = Thread.ofPlatform().daemon().name("heartbeat").start(() -> run(clock, pause));
    }

    /** Called every second by the timetable. */
    void beat() {
        beaten = System.nanoTime();
    }

    private void run(ClockWatch clock, PauseWatch pause) {
        while (!closed) {
            LockSupport.parkNanos(TICK.toNanos());
            try {
                tick(clock, pause);
            } catch (RuntimeException e) {
                LOG.error("looking at the clocks ended with a mistake of the program; it goes on", e);
            }
        }
    }

    private void tick(ClockWatch clock, PauseWatch pause) {
        OptionalLong up = uptime();
        long before = System.nanoTime();
        Instant wall = Instant.now();
        long now = System.nanoTime();
        if (up.isPresent()) {
            pause.look(now, up.getAsLong());
        } else {
            pause.look(now);
        }
        if (now - before < TICK.toNanos()) { // else they do not belong together; the next look makes up for it
            clock.look(wall, now);
        }
        if (now - tickedAt > GAP.toNanos()) {
            beaten = now; // nobody ran, and what is late for that is not stuck
            lookedAt = now;
        }
        tickedAt = now;
        Duration often = manager.watchdog().map(d -> d.dividedBy(2)).filter(d -> d.compareTo(LOOK) < 0).orElse(LOOK);
        if (now - lookedAt >= often.minus(TICK).toNanos()) {
            tellWhetherItGoesOn(now, Math.min(now - lookedAt, LOOK.toNanos()));
            lookedAt = now;
        }
    }

    /** @param seen nanoseconds since the last look, as far as this thread was there to see: a machine may have slept */
    void tellWhetherItGoesOn(long now, long seen) {
        Optional<String> why = standsStill(now);
        if (why.isEmpty()) {
            manager.alive();
            stoodStill = 0;
            complained = false;
            return;
        }
        if (!complained) {
            LOG.error("the watch does not go on: {}; the service manager's watchdog is not told that it does",
                    why.get());
            // On a thread of its own: whoever hears of it may wait for just what stands still.
            Thread.ofPlatform().daemon().name("alarm").start(() -> watched.alarm().accept(why.get()));
        }
        complained = true;
        stoodStill += seen;
        if (stoodStill > LOST.toNanos()) {
            watched.end().run();
        }
    }

    /** What of the watch does not go on; empty if all does. */
    Optional<String> standsStill(long now) {
        return now - beaten > STUCK.toNanos()
                ? Optional.of("the timetable has started nothing for " + (now - beaten) / 1_000_000_000L + "s")
                : watched.stuck().get();
    }

    /** Nanoseconds since the machine was started, those in which it slept too (proc_uptime(5)); empty if not known. */
    static OptionalLong uptime() {
        try {
            String seconds = Files.readString(UPTIME).split(" ")[0];
            return OptionalLong.of((long) (Double.parseDouble(seconds) * 1e9));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
