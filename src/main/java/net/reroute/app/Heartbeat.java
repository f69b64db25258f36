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
 * Runs whatever else stands still: checks the clocks, and reports to the service manager that the daemon works. It is a
 * platform thread, so that it does not wait for what it watches.
 */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** A job that is due every second, or a cycle, counts as stuck after this time. */
    static final Duration STUCK = Duration.ofSeconds(10);
    /** The process ends after it was stuck for this long. Only time in which this thread ran counts. */
    static final Duration LOST = Duration.ofSeconds(30);
    private static final Duration GAP = Duration.ofSeconds(2);
    private static final Path UPTIME = Path.of("/proc/uptime");

    /**
     * What is watched, and the reactions.
     *
     * @param stuck says which part is stuck; empty if none is
     * @param alarm receives that text, once each time
     * @param end ends the process; the service manager starts it again
     */
    record Watched(Supplier<Optional<String>> stuck, Consumer<String> alarm, Runnable end) {}

    private final ServiceManager manager;
    private final Watched watched;
    private final Thread thread;
    private volatile long beaten = System.nanoTime();
    private volatile boolean begun;
    private volatile boolean closed;
    private long lookedAt = System.nanoTime();
    private long tickedAt = System.nanoTime();
    private boolean complained;
    private long stoodStill;

    /** Starts the thread, which watches the clocks alone until {@link #begin}. */
    Heartbeat(ClockWatch clock, PauseWatch pause, ServiceManager manager, Watched watched) {
        this.manager = manager;
        this.watched = watched;
        this.thread = Thread.ofPlatform().daemon().name("heartbeat").start(() -> run(clock, pause));
    }

    /** All that it watches goes from now on. Before, nothing could stand still, however long the start takes. */
    void begin() {
        beaten = System.nanoTime();
        begun = true;
    }

    /** Called every second by the timetable. */
    void beat() {
        beaten = System.nanoTime();
    }

    /** How late the job is that is due every second; zero if it is not. */
    Duration late() {
        long late = System.nanoTime() - beaten - EVERY.toNanos();
        return late > 0 ? Duration.ofNanos(late) : Duration.ZERO;
    }

    private void run(ClockWatch clock, PauseWatch pause) {
        while (!closed) {
            LockSupport.parkNanos(TICK.toNanos());
            try {
                tick(clock, pause);
            } catch (RuntimeException e) {
                LOG.error("looking at the clocks ended with an internal error; it goes on", e);
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
        if (now - before < TICK.toNanos()) { // else the readings do not belong together; the next tick compares again
            clock.look(wall, now);
        }
        if (!begun || now - tickedAt > GAP.toNanos()) {
            beaten = now; // nothing ran, so a late job is not stuck
            lookedAt = now;
        }
        tickedAt = now;
        Duration often = manager.watchdog().map(d -> d.dividedBy(2)).filter(d -> d.compareTo(LOOK) < 0).orElse(LOOK);
        if (now - lookedAt >= often.minus(TICK).toNanos()) {
            tellWhetherItGoesOn(now, Math.min(now - lookedAt, LOOK.toNanos()));
            lookedAt = now;
        }
    }

    /** @param seen nanoseconds since the last look, at most {@link #LOOK}: the machine may have slept */
    void tellWhetherItGoesOn(long now, long seen) {
        Optional<String> why = standsStill(now);
        if (why.isEmpty()) {
            manager.alive();
            stoodStill = 0;
            complained = false;
            return;
        }
        if (!complained) {
            LOG.error("checks, cycles or jobs have stalled: {}; the service manager's watchdog gets no sign of life",
                    why.get());
            // On a thread of its own: the alarm may wait for the very part that is stuck.
            Thread.ofPlatform().daemon().name("alarm").start(() -> watched.alarm().accept(why.get()));
        }
        complained = true;
        stoodStill += seen;
        if (stoodStill > LOST.toNanos()) {
            watched.end().run();
        }
    }

    /** Which part is stuck; empty if none is. */
    Optional<String> standsStill(long now) {
        return now - beaten > STUCK.toNanos()
                ? Optional.of("the timetable has started nothing for " + (now - beaten) / 1_000_000_000L + "s")
                : watched.stuck().get();
    }

    /** Nanoseconds since the machine was started, suspend included (proc_uptime(5)); empty if unknown. */
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
