package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the rows of the history as they are committed, and keeps the newest in memory. It reads what was written, so
 * that every row has its number; the writer does not wait for it. Thread-safe.
 */
public final class JournalFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFeed.class);
    private static final int KEPT = 500;
    /** Rows of a burst are read together: a move must not wait for the processor because of readers. */
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration TO_END = Duration.ofMillis(500);

    private final Path state;
    private final Deque<JournalRow> newest = new ArrayDeque<>();
    private final List<Consumer<List<JournalRow>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean wanted = true;
    private volatile boolean closed;
    private JournalReader reader;
    private Object file;
    private long last = -1;

    /**
     * Starts the thread that reads.
     *
     * @param first run on that thread before anything else
     */
    public JournalFeed(Path state, Journal journal, Runnable first) {
        this.state = state;
        this.thread = Thread.ofPlatform().daemon().name("journal feed").unstarted(() -> {
            first.run();
            loop();
        });
        journal.listen(this::wake);
        thread.start();
    }

    private void wake() {
        wanted = true;
        LockSupport.unpark(thread);
    }

    private void loop() {
        while (!closed) {
            if (!wanted) {
                LockSupport.park();
                continue;
            }
            wanted = false;
            try {
                read();
                LockSupport.parkNanos(BETWEEN.toNanos());
            } catch (IOException | RuntimeException e) {
                LOG.debug("rows of the journal are not handed out", e); // status tells why the journal is not written
                shut();
                wanted = true;
                LockSupport.parkNanos(AFTER_TROUBLE.toNanos());
            }
        }
        shut();
    }

    private void read() throws IOException {
        open();
        List<JournalRow> rows = last < 0 ? reader.newest(KEPT) : reader.after(last, KEPT);
        while (!rows.isEmpty()) {
            boolean begun = last >= 0;
            last = rows.getLast().id();
            keep(rows);
            if (begun) {
                List<JournalRow> told = List.copyOf(rows);
                listeners.forEach(l -> l.accept(told));
            }
            rows = rows.size() < KEPT || !begun ? List.of() : reader.after(last, KEPT);
        }
        last = Math.max(last, 0);
    }

    /** A damaged journal is replaced by another file. */
    private void open() throws IOException {
        Object now = Files.getAttribute(state.resolve(JournalFormat.FILE), "unix:ino");
        if (reader == null || !now.equals(file)) {
            shut();
            reader = JournalReader.open(state);
            file = now;
        }
    }

    private void shut() {
        if (reader != null) {
            reader.leave();
            reader = null;
        }
    }

    private void keep(List<JournalRow> rows) {
        synchronized (newest) {
            rows.forEach(newest::addFirst);
            while (newest.size() > KEPT) {
                newest.removeLast();
            }
        }
    }

    /** The newest rows, newest first. */
    public List<JournalRow> recent() {
        synchronized (newest) {
            return new ArrayList<>(newest);
        }
    }

    /** @param listener receives rows, oldest first; it must return at once */
    public void listen(Consumer<List<JournalRow>> listener) {
        listeners.add(listener);
    }

    /** Stops reading. Waits for the thread that reads, briefly: the journal's last user leaves it as one file. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TO_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
