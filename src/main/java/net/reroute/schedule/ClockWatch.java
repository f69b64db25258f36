package net.reroute.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Notices steps of the wall clock by comparing it with the steady clock. For one thread. */
public final class ClockWatch {

    /** Slewing by NTP stays far below this within a second. */
    private static final Duration STEP = Duration.ofMillis(500);

    private final Consumer<Duration> stepped;
    private Instant wall;
    private long nanos;

    /** @param stepped receives the size of a step */
    public ClockWatch(Consumer<Duration> stepped, Instant wall, long nanos) {
        this.stepped = stepped;
        this.wall = wall;
        this.nanos = nanos;
    }

    /** Compares the clocks; to be called at least every second. */
    public void look(Instant wallNow, long nanosNow) {
        Duration step = Duration.between(wall, wallNow).minusNanos(nanosNow - nanos);
        wall = wallNow;
        nanos = nanosNow;
        if (step.abs().compareTo(STEP) >= 0) {
            stepped.accept(step);
        }
    }
}
