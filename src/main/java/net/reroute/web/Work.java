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
    private static final int ASKERS = 4;
    /** Longer than a move by hand waits for its routers, and than a drain waits for connections by default. */
    private static final Duration ACTION = Duration.ofMinutes(15);
    private static final Duration ASKING = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BUSY = 503;

    private final ThreadPoolExecutor readers;
    private final Semaphore actors = new Semaphore(ACTORS);
    private final Semaphore askers = new Semaphore(ASKERS);

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
        Reply busy = Reply.problem(BUSY, "Busy", "too many readers; ask again").with("Retry-After", "5");
        try {
            return await(CompletableFuture.supplyAsync(what, readers), PATIENCE, busy);
        } catch (RejectedExecutionException e) {
            return busy;
        }
    }

    /** Runs it at once, and waits for as long as it takes. */
    Reply acting(Supplier<Reply> what) {
        return actors.tryAcquire()
                ? apart(what, actors, ACTION)
                : busy(ACTORS);
    }

    /** What changes nothing, but asks routers, which may take long: it takes no place of what acts. */
    Reply asking(Supplier<Reply> what) {
        return askers.tryAcquire()
                ? apart(what, askers, ASKING)
                : busy(ASKERS);
    }

    private static Reply busy(int most) {
        return Reply.problem(BUSY, "Busy", most + " requests are under way; ask again when one has ended")
                .with("Retry-After", "5");
    }

    private static Reply apart(Supplier<Reply> what, Semaphore places, Duration patience) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        // A platform thread: reading the journal lowers the priority of its thread, and carriers are shared.
        Thread.ofPlatform().daemon().name("web action").start(() -> {
            try {
                reply.complete(what.get());
            } catch (RuntimeException | Error e) {
                reply.completeExceptionally(e);
            } finally {
                places.release();
            }
        });
        return await(reply, patience, Reply.problem(BUSY, "No answer yet", "it goes on, and has not ended within "
                + patience.toSeconds() + " s; the history tells the outcome"));
    }

    private static Reply await(CompletableFuture<Reply> reply, Duration patience, Reply late) {
        try {
            return reply.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return late;
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
