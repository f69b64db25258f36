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

/**
 * The one thread that writes. Writes are done in order. A write that fails is repeated until it works or is withdrawn,
 * so that a full disk delays rows and does not lose them. A platform thread: SQLite blocks its carrier.
 */
final class Writer implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int MOST = 100_000;
    private static final int TOGETHER = 500;
    /** The limit for writes that are not urgent: an urgent one waits for no more than these. */
    private static final int SPARE_TOGETHER = 25;

    interface Work {
        void run() throws SQLException;
    }

    /**
     * @param durable on the disk when done; else safe from a crash of this process only, and much quicker
     */
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

    /** Queues a write; the ticket completes when it is done. */
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

    /** Why the latest attempt failed; empty when all is written. */
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

    /** Many in one transaction: a thousand moves at once must not wait for a thousand disk flushes. */
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
        } catch (SQLException e) {
            trouble = e.getMessage();
            together.forEach(j -> j.done.again());
            return false;
        } catch (RuntimeException | Error e) {
            trouble = e.toString();
            together.forEach(j -> j.done.again());
            if (together.size() == 1) {
                // An internal error would fail for ever; the row is lost, the reason is kept.
                together.getFirst().done.completeExceptionally(e);
            }
            return together.size() == 1;
        }
    }

    /** One write is bad, or the disk is full: writes before the first failure are done. */
    private void oneByOne(List<Job> waiting) {
        for (Job job : waiting) {
            if (job.done.begin() && !attempt(List.of(job))) {
                pause();
                return;
            }
            taken(1);
        }
    }

    /** The next writes in order, as many as one transaction takes. */
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
                jobs.clear();
                spare.clear();
            } else if (changed.awaitNanos(BETWEEN_TRIES.toNanos()) > 0) {
                // A new job or closing ended the pause: the disk is tried again.
                trouble = trouble == null ? "" : trouble;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            jobs.clear();
            spare.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is queued, as long as that works, and ends within the time given. */
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
