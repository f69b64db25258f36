package net.reroute.control;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.reroute.core.Event;
import net.reroute.core.Inventory;
import net.reroute.core.KnownFacts;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalException;
import net.reroute.journal.PendingRow;
import net.reroute.journal.RecordStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every fact goes through here: into the state, the journal and the log, and to listeners, in this order. The state is
 * what the journal returns after a restart. Thread-safe.
 */
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration INTENT = Duration.ofMillis(100);
    private static final Duration WISH = Duration.ofSeconds(3);

    private final Optional<Journal> journal;
    /** Keeps facts in the same order in the state and in the journal. */
    private final ReentrantLock order = new ReentrantLock();
    /** Held by requests, one after another, while they wait for the disk. */
    private final ReentrantLock wishing = new ReentrantLock();
    private volatile RecordedState state;
    private volatile Optional<? extends RecordStore> store;
    /** True while another controller makes the records. */
    private volatile boolean follows;
    private final RecordListeners listeners;

    private AuditLog(RecordedState state, Optional<Journal> journal) {
        this.state = state;
        this.journal = journal;
        this.store = journal;
        this.listeners = new RecordListeners(journal.isPresent());
    }

    /** An audit log that writes to this journal. */
    public static AuditLog of(Journal journal) {
        return new AuditLog(journal.state(), Optional.of(journal));
    }

    /** For a process that only reads: nothing is logged, published or written. */
    public static AuditLog reading(RecordedState state) {
        return new AuditLog(state, Optional.empty());
    }

    /**
     * Sets the listeners. No effect if this log only reads.
     *
     * @param inventory supplies the inventory in force
     */
    public void listen(Supplier<Inventory> inventory, Consumer<Record> listener, Consumer<Event> events) {
        listeners.listen(inventory, listener, events);
    }

    /** False if this log only reads. */
    public boolean writes() {
        return journal.isPresent();
    }

    /**
     * This controller makes the records from now on.
     *
     * @param from the state after the newest record of all controllers
     * @param to where records are kept
     */
    public void lead(RecordedState from, RecordStore to) {
        order.lock();
        try {
            state = from;
            store = Optional.of(to);
            follows = false;
        } finally {
            order.unlock();
        }
    }

    /**
     * Another controller makes the records from now on; what this one records has no effect.
     *
     * @param from the state after the newest record
     */
    public void follow(RecordedState from) {
        order.lock();
        try {
            state = from;
            follows = true;
        } finally {
            order.unlock();
        }
    }

    /** Takes in records of another controller, which are in the journal already. */
    public void took(List<Record> records) {
        order.lock();
        try {
            state = state.apply(records);
        } finally {
            order.unlock();
        }
        records.forEach(listeners::took);
    }

    /** The state now. */
    public RecordedState state() {
        return state;
    }

    /** What was found wrong with the journal since it was opened. */
    public List<String> complaints() {
        return journal.map(Journal::complaints).orElse(List.of());
    }

    /** Why the journal cannot be written at present; empty if it can. */
    public Optional<String> trouble() {
        return journal.flatMap(Journal::trouble);
    }

    /**
     * Records facts; a restart finds all of them or none. Returns at once. The future completes when they are written.
     */
    public CompletableFuture<Void> record(Record... facts) {
        CompletableFuture<Void> written;
        order.lock();
        try {
            if (follows) {
                return CompletableFuture.completedFuture(null); // the leader records what it sees itself
            }
            List<Record> all = news(facts);
            state = state.apply(all);
            written = write(all);
        } finally {
            order.unlock();
        }
        listeners.tell(facts);
        return written;
    }

    /** Without the facts that the state already contains. */
    private List<Record> news(Record... facts) {
        return Stream.of(facts).filter(f -> !KnownFacts.has(state, f)).toList();
    }

    private CompletableFuture<Void> write(List<Record> facts) {
        if (store.isEmpty() || facts.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<PendingRow> rows = facts.stream().map(PendingRow::now).toList();
        return facts.stream().allMatch(Record::isQuiet) ? store.get().soon(rows) : store.get().later(rows);
    }

    /**
     * Like {@link #record}, for a fact that may be written after all urgent ones. It is neither logged nor published.
     */
    public CompletableFuture<Void> recordInTime(Record fact) {
        order.lock();
        try {
            if (follows || news(fact).isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            state = state.apply(fact);
            return store.map(j -> j.inTime(List.of(PendingRow.now(fact))))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        } finally {
            order.unlock();
        }
    }

    /** Publishes an event without recording it. */
    public void tell(Event.Kind kind, Map<String, String> facts) {
        listeners.publisher().tell(kind, facts);
    }

    /** Reports that every router has the service where it should be. */
    void settled(String service) {
        listeners.publisher().settled(service);
    }

    /**
     * Records a request. It is on the disk before anything follows from it. Waits a few seconds at most.
     *
     * @throws JournalException if it cannot be written; the state is then unchanged
     */
    void recordFirst(Record fact) throws JournalException {
        if (!awaitTurn()) {
            throw new JournalException("the journal does not take down what others asked for before", null);
        }
        try {
            if (follows) {
                throw new JournalException("another controller leads, or none does; 'reroute cluster' tells", null);
            }
            store.orElseThrow().write(PendingRow.now(fact), WISH);
            order.lock();
            try {
                state = state.apply(fact);
            } finally {
                order.unlock();
            }
        } finally {
            wishing.unlock();
        }
        listeners.tell(fact);
    }

    private boolean awaitTurn() {
        try {
            return wishing.tryLock(WISH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Records a move before anything is typed. The row survives kill -9, but perhaps not a power failure. Waits 100 ms
     * at most.
     */
    void about(MoveBegun move) {
        order.lock();
        CompletableFuture<Void> written;
        try {
            if (follows) {
                return;
            }
            state = state.apply(move);
            written = store.orElseThrow().soon(List.of(PendingRow.now(move)));
        } finally {
            order.unlock();
        }
        listeners.took(move);
        Journal.await(written, INTENT);
    }
}
