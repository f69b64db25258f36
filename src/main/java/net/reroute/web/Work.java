package net.reroute.web;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Where requests are carried out. Reading is done by a few threads of low priority, so that no number of readers takes
 * the processor from a check. What acts gets a thread of its own: a move by hand waits for nothing.
 */
final class Work implements AutoCloseable {

    private static final int THREADS = 3;
    private static final int QUEUE = 300;
    private static final int ACTORS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BUSY = 503;

    private final ThreadPoolExecutor readers;
    private final Semaphore actors = new Semaphore(ACTORS);

    /** @param first run on each thread that reads, before anything else */
    Work(Runnable first) {
        this.readers = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE),
                task -> Thread.ofPlatform().daemon().name("web").unstarted(() -> {
                    first.run();
                    task.run();
                }));
    }

    /** Runs it when a thread is free, and waits. */
    Reply reading(Supplier<Reply> what) {
        try {
            return CompletableFuture.supplyAsync(what, readers).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            return Reply.problem(BUSY, "Busy", "too many readers; ask again").with("Retry-After", "5");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.problem(BUSY, "Stopped", "the daemon ends");
        }
    }

    /** Runs it at once, and waits for as long as it takes. */
    Reply acting(Supplier<Reply> what) {
        if (!actors.tryAcquire()) {
            return Reply.problem(BUSY, "Busy", ACTORS + " requests are under way; ask again when one has ended");
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        // A platform thread: reading the journal lowers the priority of its thread, and carriers are shared.
        Thread.ofPlatform().daemon().name("web action").start(() -> {
            try {
                reply.complete(what.get());
            } catch (RuntimeException | Error e) {
                reply.completeExceptionally(e);
            } finally {
                actors.release();
            }
        });
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.problem(BUSY, "Stopped", "the daemon ends");
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
