package net.reroute.schedule;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notices that this process did not run for a while: it was stopped (SIGSTOP, a frozen container), or its machine was. It
 * is asked ever so often, and by everybody who is about to believe something; the first to ask after a gap notices it.
 */
public final class PauseWatch {

    /** A busy machine, or a collection of garbage, is no gap. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /**
     * What follows from a gap.
     *
     * @param forget run before anybody who asks goes on; must wait for nothing
     * @param told told how long it was, after that
     */
    public record Consequence(Runnable forget, Consumer<Duration> told) {}

    private final Supplier<Duration> interval;
    private final Consequence consequence;
    private long last;
    private long lastUp;

    /**
     * @param interval of what runs most often
     * @param nanos now, by nanoTime
     * @param up now, by a clock that goes on while the machine sleeps, in nanoseconds
     */
    public PauseWatch(Supplier<Duration> interval, Consequence consequence, long nanos, long up) {
        this.interval = interval;
        this.consequence = consequence;
        this.last = nanos;
        this.lastUp = up;
    }

    /** To be called far more often than once an interval. */
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

    /** As look; nanoTime stands still while the machine sleeps. */
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
