package net.reroute.ssh;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends a wait that has no time limit of its own, by closing the connection. Socket timeouts restart with every byte, so
 * a peer that sends a byte now and then never reaches them.
 */
public final class Deadline implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor TIMER = timer();
    /** Platform threads: the waiting threads may keep all carriers of virtual threads busy. */
    private static final ExecutorService CLOSERS = Executors
            .newCachedThreadPool(Thread.ofPlatform().daemon().name("deadline-", 0).factory());

    private final ScheduledFuture<?> alarm;
    private final long end;
    private volatile boolean over;

    private Deadline(AutoCloseable victim, Duration within) {
        this.end = System.nanoTime() + within.toNanos();
        this.alarm = TIMER.schedule(() -> expire(victim), within.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Closes {@code victim} after {@code within}, unless the deadline is closed before. */
    public static Deadline closes(AutoCloseable victim, Duration within) {
        return new Deadline(victim, within);
    }

    /**
     * True once the time is over, even if the victim is not closed yet. An exception after that is due to the timeout.
     */
    public boolean isOver() {
        return over || System.nanoTime() - end >= 0;
    }

    /** The time left, at least one millisecond, for calls that have a timeout parameter. */
    public int leftMillis() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }

    private void expire(AutoCloseable victim) {
        over = true;
        // A close may block too (TLS close, full send buffer), and all deadlines share one timer thread.
        CLOSERS.execute(() -> {
            try {
                victim.close();
            } catch (Exception e) {
                // The waiting thread reports the timeout.
            }
        });
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
