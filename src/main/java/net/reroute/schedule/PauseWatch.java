package net.reroute.schedule;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notices that this process did not run for a while: it or its machine was stopped (SIGSTOP, a frozen container,
 * suspend). It is called regularly, and before stored evidence is used; the first call after a gap notices it. Safe for
 * many threads.
 */
public final class PauseWatch {

    /** A busy machine or a garbage collection is no gap. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /**
     * The consequences of a gap.
     *
     * @param forget runs before the call returns; must not block
     * @param told receives the length of the gap, after that
     */
    public record Consequence(Runnable forget, Consumer<Duration> told) {}

    private final Supplier<Duration> interval;
    private final Consequence consequence;
    private long last;
    private long lastUp;

    /**
     * @param interval of the job that runs most often; shorter gaps do not count
     * @param nanos now, by nanoTime
     * @param up now, by a clock that goes on while the machine sleeps, in nanoseconds
     */
    public PauseWatch(Supplier<Duration> interval, Consequence consequence, long nanos, long up) {
        this.interval = interval;
        this.consequence = consequence;
        this.last = nanos;
        this.lastUp = up;
    }

    /** Must be called far more often than once per interval. */
    public void look(long nanos) {
        Duration gap;
        synchronized (this) {
            gap = Duration.ofNanos(nanos - last);
            if (gap.isPositive()) {
                last = nanos;
            }
            if (!isTooLong(gap)) {
                return;
            }
            consequence.forget().run();
        }
        consequence.told().accept(gap);
    }

    /** As {@link #look(long)}; also notices that the machine slept, which nanoTime does not show. */
    public void look(long nanos, long up) {
        Duration slept;
        synchronized (this) {
            slept = Duration.ofNanos(up - lastUp);
            lastUp = up;
            if (!isTooLong(slept)) {
                slept = Duration.ZERO;
            } else {
                last = nanos;
                consequence.forget().run();
            }
        }
        if (slept.isZero()) {
            look(nanos);
        } else {
            consequence.told().accept(slept);
        }
    }

    private boolean isTooLong(Duration gap) {
        return gap.compareTo(SHORTEST) > 0 && gap.compareTo(interval.get()) > 0;
    }
}
