package net.reroute.cluster.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.Milestone.StateSaid;
import net.reroute.core.RecordedState;
import net.reroute.journal.ChainedRow;
import net.reroute.journal.Head;
import net.reroute.journal.JournalException;
import net.reroute.journal.PendingRow;
import net.reroute.journal.RecordStore;
import org.apache.ratis.protocol.Message;

/**
 * The records of a leader that was elected by Raft. One thread numbers rows, chains them, and proposes all that wait as
 * one entry; the next one follows when that is committed. Thread-safe.
 */
final class RaftStore implements RecordStore, AutoCloseable {

    /** Proposes an entry; completes when it is committed, and applied here. */
    interface Proposer {
        CompletableFuture<Void> propose(Message entry);
    }

    /** @param under number of the leadership in which it was asked */
    private record Job(List<PendingRow> rows, int under, CompletableFuture<Void> done) {}

    private static final int TOGETHER = 500;
    private static final int SECONDS = 10;
    /** The most rows between two with the whole state, as in a journal of its own. */
    private static final int OFTEN = 20_000;

    private final Proposer proposer;
    private final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final Set<Long> proposed = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private Head head;
    private RecordedState state = RecordedState.NOTHING;
    private long saidAt;
    /** Odd while this member leads. */
    private volatile int turn;

    RaftStore(Proposer proposer) {
        this.proposer = proposer;
        this.thread = Thread.ofPlatform().daemon().name("records").start(this::loop);
    }

    /** This member makes the rows from now on, which follow from these. */
    synchronized void lead(Head newest, RecordedState after) {
        head = newest;
        state = after;
        saidAt = newest.id();
        turn += turn % 2 == 0 ? 1 : 2;
    }

    /** This member makes no rows any more. What waits fails. */
    synchronized void follow() {
        turn += turn % 2;
        proposed.clear();
    }

    private boolean leads() {
        return turn % 2 == 1;
    }

    /** True for rows that this member has proposed: what they record is known here. */
    boolean isOwn(List<ChainedRow> rows) {
        return !rows.isEmpty() && proposed.remove(rows.getFirst().row().id());
    }

    private CompletableFuture<Void> submit(List<PendingRow> rows) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (leads()) {
            jobs.add(new Job(rows, turn, done));
        } else {
            done.completeExceptionally(new IOException("this controller does not lead"));
        }
        return done;
    }

    @Override
    public void write(PendingRow pending, Duration within) throws JournalException {
        try {
            submit(List.of(pending)).get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new JournalException("the other controllers do not confirm it in time; it may be carried out all the"
                    + " same, 'reroute status' shows it", e);
        } catch (ExecutionException e) {
            throw new JournalException("the controllers did not take it down: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("interrupted", e);
        }
    }

    @Override
    public CompletableFuture<Void> later(List<PendingRow> rows) {
        return submit(rows);
    }

    @Override
    public CompletableFuture<Void> soon(List<PendingRow> rows) {
        return submit(rows);
    }

    @Override
    public CompletableFuture<Void> inTime(List<PendingRow> rows) {
        return submit(rows);
    }

    private void loop() {
        try {
            while (true) {
                List<Job> together = new ArrayList<>(List.of(jobs.take()));
                jobs.drainTo(together, TOGETHER);
                propose(together);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void propose(List<Job> together) throws InterruptedException {
        try {
            List<ChainedRow> rows = sealed(together);
            if (!rows.isEmpty()) {
                proposed.add(rows.getFirst().row().id());
                proposer.propose(RaftRows.entry(rows)).get(SECONDS, TimeUnit.SECONDS);
            }
            together.forEach(j -> j.done().complete(null));
        } catch (IOException | TimeoutException e) {
            fail(together, e);
        } catch (ExecutionException e) {
            fail(together, e.getCause());
        }
    }

    /** An entry whose fate is not known parts this member from the chain until it is elected again. */
    private synchronized void fail(List<Job> together, Throwable why) {
        together.forEach(j -> j.done().completeExceptionally(why));
        if (together.stream().anyMatch(j -> j.under() == turn)) {
            follow();
        }
    }

    /** Numbers and chains rows. Rows of an earlier leadership of this member are left out, and fail. */
    private synchronized List<ChainedRow> sealed(List<Job> together) {
        List<ChainedRow> rows = new ArrayList<>();
        for (Job job : together) {
            if (job.under() == turn && leads()) {
                job.rows().forEach(r -> rows.add(seal(r)));
            } else {
                job.done().completeExceptionally(new IOException("another controller leads by now"));
            }
        }
        if (!rows.isEmpty() && head.id() - saidAt > OFTEN) {
            rows.add(seal(PendingRow.now(new StateSaid(head.id(), head.hash(), state,
                    "what is so, said again so that a start is quick"))));
            saidAt = head.id();
        }
        return rows;
    }

    private ChainedRow seal(PendingRow pending) {
        ChainedRow row = ChainedRow.after(head, pending);
        head = row.head();
        state = state.apply(pending.record());
        return row;
    }

    @Override
    public void close() {
        thread.interrupt();
        follow();
    }
}
