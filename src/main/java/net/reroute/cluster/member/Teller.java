package net.reroute.cluster.member;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Carries out what follows from elections, one after another, on a thread of its own. Thread-safe. */
public final class Teller implements AutoCloseable {

    private static final int SECONDS = 2;

    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("election").factory());

    /** Returns at once. After {@link #close} nothing is carried out any more. */
    public void tell(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // closed: this member takes no part in elections any more
        }
    }

    /** Interrupts what is under way, and waits for its end: it must not come after what follows. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
