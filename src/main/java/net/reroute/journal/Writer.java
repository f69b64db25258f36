package net.reroute.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The only thread that writes. Writes keep their order. A failed write is repeated until it works or is withdrawn, so a
 * full disk delays rows and loses none. It is a platform thread, since SQLite would block a carrier. Thread-safe.
 */
final class Writer implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int MOST = 100_000;
    private static final int TOGETHER = 500;
    /** Limit for writes that are not urgent: an urgent write waits for at most this many. */
    private static final int SPARE_TOGETHER = 25;

    interface Work {
        void run() throws SQLException;
    }

    /** @param durable true: on the disk when done; false: safe only from a crash of this process, and much faster */
    private record Job(Work work, boolean durable, WriteTicket done) {}

    interface Transaction {
        void run(Work work, boolean durable) throws SQLException;
    }

    private final Transaction transaction;
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final Deque<Job> spare = new ArrayDeque<>();
    private Deque<Job> current = jobs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private volatile String trouble;
    private boolean closing;

    Writer(Transaction transaction) {
        this.transaction = transaction;
        this.thread = Thread.ofPlatform().daemon().name("journal").start(this::loop);
    }

    /**
     * Queues a write. The ticket completes when the write is done; it fails at once if the writer is closing or the
     * queue is full.
     */
    WriteTicket submit(Work work, boolean durable) {
        return submit(jobs, new Job(work, durable, new WriteTicket()));
    }

    /** Queues a write that is not urgent. Such writes keep their order among themselves. */
    WriteTicket submitSpare(Work work) {
        return submit(spare, new Job(work, false, new WriteTicket()));
    }

    private WriteTicket submit(Deque<Job> queue, Job job) {
        lock.lock();
        try {
            if (closing || queue.size() >= MOST) {
                job.done.completeExceptionally(new SQLException("the journal takes no more"));
            } else {
                queue.add(job);
                changed.signalAll();
            }
            return job.done;
        } finally {
            lock.unlock();
        }
    }

    /** Why the last attempt failed; empty if it worked. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void loop() {
        for (List<Job> waiting = next(); !waiting.isEmpty(); waiting = next()) {
            List<Job> wanted = waiting.stream().filter(j -> j.done.begin()).toList();
            if (wanted.isEmpty() || attempt(wanted)) {
                taken(waiting.size());
            } else if (waiting.size() > 1) {
                oneByOne(waiting);
            } else {
                pause();
            }
        }
    }

    /**
     * Writes many jobs in one transaction: a thousand moves at once must not wait for a thousand flushes of the disk.
     */
    private boolean attempt(List<Job> together) {
        try {
            transaction.run(() -> {
                for (Job job : together) {
                    job.work.run();
                }
            }, together.stream().anyMatch(Job::durable));
            trouble = null;
            together.forEach(j -> j.done.complete(null));
            return true;
        } catch (ForkException e) {
            together.forEach(j -> j.done.again());
            if (together.size() == 1) {
                together.getFirst().done.completeExceptionally(e); // it would be so each time
            }
            return together.size() == 1;
        } catch (SQLException e) {
            trouble = e.getMessage();
            together.forEach(j -> j.done.again());
            return false;
        } catch (RuntimeException | Error e) {
            trouble = e.toString();
            together.forEach(j -> j.done.again());
            if (together.size() == 1) {
                // An internal error would repeat for ever. Drop the row and report the reason.
                together.getFirst().done.completeExceptionally(e);
            }
            return together.size() == 1;
        }
    }

    /** After a failure: one write is bad, or the disk is full. Writes up to the first failure are done. */
    private void oneByOne(List<Job> waiting) {
        for (Job job : waiting) {
            if (job.done.begin() && !attempt(List.of(job))) {
                pause();
                return;
            }
            taken(1);
        }
    }

    /** Waits for the next writes, at most as many as fit in a transaction. Empty when the writer has closed. */
    private List<Job> next() {
        lock.lock();
        try {
            while (jobs.isEmpty() && spare.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            current = jobs.isEmpty() ? spare : jobs;
            return current.stream().limit(current == jobs ? TOGETHER : SPARE_TOGETHER).toList();
        } finally {
            lock.unlock();
        }
    }

    private void taken(int count) {
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                current.poll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            if (closing) {
                drop();
            } else if (changed.awaitNanos(BETWEEN_TRIES.toNanos()) > 0) {
                // A new job or closing ended the pause, so the disk is tried again.
                trouble = trouble == null ? "" : trouble;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drop();
        } finally {
            lock.unlock();
        }
    }

    /** What cannot be written any more fails, so that nothing waits for it. */
    private void drop() {
        Stream.concat(jobs.stream(), spare.stream())
                .forEach(j -> j.done.completeExceptionally(new SQLException("the journal is closed")));
        jobs.clear();
        spare.clear();
    }

    /** Writes what is queued while that works. Returns after {@code within} at the latest. */
    void close(Duration within) {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(within.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ofMillis(500));
    }
}
