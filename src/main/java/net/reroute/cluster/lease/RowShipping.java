package net.reroute.cluster.lease;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.member.Shipped;
import net.reroute.journal.ChainedRow;
import net.reroute.journal.Head;
import net.reroute.journal.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships the rows of the leader's journal to another member, in order, as they are committed. It begins where the chain of
 * the other ends. If that is no part of the leader's chain, the other takes the whole journal. Thread-safe.
 */
final class RowShipping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RowShipping.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** For a whole journal. */
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long AWAY = TimeUnit.SECONDS.toNanos(1);
    private static final int TOGETHER = 500;

    private final Path state;
    private final MemberClient to;
    private final LongSupplier epoch;
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread thread;
    private JournalReader reader;
    private volatile Head acknowledged;
    private volatile long contact = System.nanoTime() - AWAY;
    private volatile Optional<String> trouble = Optional.of("not asked yet");
    private boolean wanted = true;
    private volatile boolean closed;

    /**
     * @param state folder with the journal
     * @param epoch under which this member leads
     * @param changed called when the other has more rows, or cannot be reached; it must return at once
     */
    RowShipping(Path state, MemberClient to, LongSupplier epoch, Runnable changed) {
        this.state = state;
        this.to = to;
        this.epoch = epoch;
        this.changed = changed;
        this.thread = Thread.ofPlatform().daemon().name("rows-" + to.member().name()).start(this::loop);
    }

    /** Rows were committed. Returns at once. */
    void wake() {
        lock.lock();
        try {
            wanted = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** True if the other has not answered for a second. */
    boolean isAway() {
        return System.nanoTime() - contact > AWAY;
    }

    /** The name of the other. */
    String to() {
        return to.member().name();
    }

    /** Why the other gets no rows; empty if it does. */
    Optional<String> trouble() {
        return trouble;
    }

    /** The number of the newest row that the other has; 0 if that is not known. */
    long acknowledged() {
        Head head = acknowledged;
        return head == null ? 0 : head.id();
    }

    /** Waits until the other has a row. Returns false if it does not in time, or is away. */
    boolean await(long id, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        lock.lock();
        try {
            while (acknowledged() < id && !closed) {
                long left = end - System.nanoTime();
                if (left <= 0 || isAway()) {
                    return false;
                }
                news.awaitNanos(Math.min(left, BEAT));
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        while (!closed) {
            try {
                boolean more = ship();
                contact = System.nanoTime();
                trouble = Optional.empty();
                told();
                if (!more) {
                    pause();
                }
            } catch (IOException e) {
                boolean first = trouble.isEmpty();
                trouble = Optional.of(String.valueOf(e.getMessage()));
                acknowledged = null;
                shut();
                if (first) {
                    LOG.debug("{} gets no rows", to.member().name(), e);
                }
                told();
                pause();
            } catch (RuntimeException e) {
                LOG.error("shipping rows to {} met an internal error; it goes on", to.member().name(), e);
                pause();
            }
        }
        shut();
    }

    private void told() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private void pause() {
        lock.lock();
        try {
            if (!wanted && !closed) {
                news.awaitNanos(BEAT);
            }
            wanted = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ships what there is. Returns true if there may be more. */
    private boolean ship() throws IOException {
        if (reader == null) {
            reader = JournalReader.open(state);
        }
        if (acknowledged == null) {
            acknowledged = head(to.ask("/head", message(), PATIENCE));
            if (!reader.chain().knows(acknowledged)) {
                LOG.info("{} takes the whole journal: its own parts from it at row {} or before", to.member().name(),
                        acknowledged.id());
                acknowledged = head(to.ask("/fetch", message(), LONG));
            }
        }
        List<ChainedRow> rows = reader.chain().after(acknowledged.id(), TOGETHER);
        ObjectNode message = message();
        ArrayNode list = message.putArray("rows");
        rows.forEach(r -> list.add(Messages.JSON.valueToTree(Shipped.of(r))));
        acknowledged = head(to.ask("/rows", message, PATIENCE));
        return rows.size() == TOGETHER;
    }

    private ObjectNode message() {
        return Messages.empty().put("epoch", epoch.getAsLong());
    }

    static Head head(JsonNode answer) throws IOException {
        try {
            return Head.parse(answer.path("head").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("it does not tell its newest row", e);
        }
    }

    private void shut() {
        if (reader != null) {
            reader.leave();
            reader = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
        thread.interrupt();
    }
}
