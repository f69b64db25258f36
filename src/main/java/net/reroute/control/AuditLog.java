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
import net.reroute.core.Facts;
import net.reroute.core.Intents;
import net.reroute.core.Intents.IntentExpired;
import net.reroute.core.Inventory;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import net.reroute.core.Text;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalException;
import net.reroute.journal.PendingRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every fact goes: into the state, the journal and the log, and to those who listen, in this order. The state is what
 * the journal will give back after a restart.
 */
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration INTENT = Duration.ofMillis(100);
    private static final Duration WISH = Duration.ofSeconds(3);

    private final Optional<Journal> journal;
    /** Facts have one order, in the state and in the journal. */
    private final ReentrantLock order = new ReentrantLock();
    /** What waits for the disk before it counts is asked for one after the other. */
    private final ReentrantLock wishing = new ReentrantLock();
    private volatile RecordedState state;
    private volatile Consumer<Record> listener = record -> {
    };
    private volatile EventPublisher publisher = new EventPublisher(() -> null, event -> {
    });

    private AuditLog(RecordedState state, Optional<Journal> journal) {
        this.state = state;
        this.journal = journal;
    }

    /** One that writes. */
    public static AuditLog of(Journal journal) {
        return new AuditLog(journal.state(), Optional.of(journal));
    }

    /** For one who only looks: nothing is said and nothing is written. */
    public static AuditLog reading(RecordedState state) {
        return new AuditLog(state, Optional.empty());
    }

    /**
     * Who is told from now on.
     *
     * @param inventory the one in force
     * @param listener told all that is said
     * @param events told what happens
     */
    public void listen(Supplier<Inventory> inventory, Consumer<Record> listener, Consumer<Event> events) {
        if (writes()) {
            this.listener = listener;
            this.publisher = new EventPublisher(inventory, events);
        }
    }

    /** False for one who only looks. */
    public boolean writes() {
        return journal.isPresent();
    }

    /** What is so now. */
    public RecordedState state() {
        return state;
    }

    /** What was found wrong with the journal since it was opened. */
    public List<String> complaints() {
        return journal.map(Journal::complaints).orElse(List.of());
    }

    public Optional<String> trouble() {
        return journal.flatMap(Journal::trouble);
    }

    /** Takes facts in, all or none of them over a restart; the future ends when they are written. Returns at once. */
    public CompletableFuture<Void> record(Record... facts) {
        CompletableFuture<Void> written;
        order.lock();
        try {
            List<Record> all = news(facts);
            state = state.apply(all);
            written = write(all);
        } finally {
            order.unlock();
        }
        tell(facts);
        return written;
    }

    /** What is remembered already is not written again. */
    private List<Record> news(Record... facts) {
        return Stream.of(facts).filter(f -> !(f instanceof Facts fact) || !state.knows(fact)).toList();
    }

    private CompletableFuture<Void> write(List<Record> facts) {
        if (journal.isEmpty() || facts.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<PendingRow> rows = facts.stream().map(PendingRow::now).toList();
        return facts.stream().allMatch(Record::isQuiet) ? journal.get().soon(rows) : journal.get().later(rows);
    }

    /** As {@link #record}, of what can be kept after all that does not have the time to wait. */
    public CompletableFuture<Void> recordInTime(Record fact) {
        order.lock();
        try {
            if (news(fact).isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            state = state.apply(fact);
            return journal.map(j -> j.inTime(List.of(PendingRow.now(fact))))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        } finally {
            order.unlock();
        }
    }

    private void tell(Record... facts) {
        if (journal.isEmpty()) {
            return;
        }
        for (Record fact : facts) {
            if (!fact.isQuiet()) {
                log(fact);
            }
            listener.accept(fact);
            publisher.take(fact);
        }
    }

    private static void log(Record fact) {
        String line = fact.kind() + " " + (isByHand(fact) ? "" : fact.subject() + ": ")
                + Text.one(fact.text());
        if (fact.isWarning()) {
            LOG.warn("{}", line);
        } else {
            LOG.info("{}", line);
        }
    }

    private static boolean isByHand(Record fact) {
        return fact instanceof Intents && !(fact instanceof IntentExpired);
    }

    /** Something happened that is nothing to be remembered. */
    public void tell(Event.Kind kind, Map<String, String> facts) {
        publisher.tell(kind, facts);
    }

    /** A service is where it should be, on every router. */
    void settled(String service) {
        publisher.settled(service);
    }

    /**
     * Records what somebody asks for, on the disk before anything follows from it.
     *
     * @throws JournalException if it cannot be written; then it is not so
     */
    void recordFirst(Record fact) throws JournalException {
        if (!awaitTurn()) {
            throw new JournalException("the journal does not take down what others asked for before", null);
        }
        try {
            journal.orElseThrow().write(PendingRow.now(fact), WISH);
            order.lock();
            try {
                state = state.apply(fact);
            } finally {
                order.unlock();
            }
        } finally {
            wishing.unlock();
        }
        log(fact);
        publisher.take(fact);
    }

    private boolean awaitTurn() {
        try {
            return wishing.tryLock(WISH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Before anything is typed: survives kill -9, does not wait for a disk. */
    void about(MoveBegun move) {
        order.lock();
        CompletableFuture<Void> written;
        try {
            state = state.apply(move);
            written = journal.orElseThrow().soon(List.of(PendingRow.now(move)));
        } finally {
            order.unlock();
        }
        listener.accept(move);
        Journal.await(written, INTENT);
    }
}
