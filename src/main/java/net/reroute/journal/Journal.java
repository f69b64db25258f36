package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.Remembered;

/** The journal of a state folder: SQLite in WAL mode, one writer. */
public final class Journal implements AutoCloseable {

    static final String FILE = "journal.db";
    static final String ANCHOR = "journal.anchor";

    private final Path state;
    private final Writer writer;
    /** Null as long as it cannot be opened for writing; what was written before can be read all the same. */
    private volatile Connection db;
    private volatile Tables tables;
    private Chain.Head head;
    private boolean durable = true;
    private volatile String openTrouble;
    private volatile String anchorTrouble;

    private Journal(Path state) {
        this.state = state;
        this.writer = new Writer(this::transaction);
    }

    /**
     * Opens the journal for writing, and makes it where there is none. One that was there and cannot be written, as on a
     * full disk, is opened as soon as it can be.
     *
     * @throws JournalException if the folder or the file cannot be used
     */
    public static Journal open(Path state) throws JournalException {
        try {
            Files.createDirectories(state);
            Journal journal = new Journal(state);
            if (!journal.opened()) {
                JournalReader.open(state).close(); // else there is nothing to begin with
            }
            return journal;
        } catch (IOException | SQLException e) {
            throw new JournalException("the journal in " + state + " cannot be opened: " + e.getMessage()
                    + "; check the folder's owner and the free space", e);
        }
    }

    private boolean opened() throws SQLException {
        try {
            connect();
            return true;
        } catch (SQLException e) {
            if (!Files.exists(state.resolve(FILE))) {
                throw e;
            }
            openTrouble = e.getMessage();
            return false;
        }
    }

    private void connect() throws SQLException {
        Connection opened = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(FILE));
        try (Statement pragma = opened.createStatement()) {
            pragma.execute("PRAGMA journal_mode = WAL");
            pragma.execute("PRAGMA synchronous = FULL");
            pragma.execute("PRAGMA busy_timeout = 2000");
            Tables all = new Tables(opened);
            all.create();
            head = newest(opened);
            tables = all;
            db = opened;
            openTrouble = null;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    /** What a step writes besides its row. */
    public interface Step {
        void write(Memory memory) throws SQLException;
    }

    /**
     * Appends a row and what goes with it, on the disk when this returns.
     *
     * @throws JournalException if that did not work in time; then nothing was or will be written,
     *     unless the disk stopped answering in the very middle
     */
    public void write(Draft draft, Step step, Duration within) throws JournalException {
        Claim done = submit(draft, step, true);
        try {
            done.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            if (!done.withdraw() && endsWell(done, within)) {
                return;
            }
            throw new JournalException("the journal in " + state + " cannot be written: "
                    + trouble().orElse(String.valueOf(e.getMessage())), e);
        } catch (InterruptedException e) {
            // Either it is not written and never will be, or it is: nobody may be told the one while the other is so.
            boolean written = !done.withdraw() && endsWell(done, within);
            Thread.currentThread().interrupt();
            if (!written) {
                throw new JournalException("interrupted", e);
            }
        }
    }

    /** A write that has begun cannot be called back: its end is waited for a little longer. */
    private static boolean endsWell(Claim done, Duration within) {
        try {
            done.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Appends a row soon, in order; if the disk is full, as soon as it is not. */
    public CompletableFuture<Void> later(Draft draft, Step step) {
        return submit(draft, step, true);
    }

    /**
     * Appends a row quickly, safe from the end of this process but not of the machine, and waits at most so long: what
     * comes next must not wait for a disk.
     */
    public void before(Draft draft, Step step, Duration atMost) {
        try {
            submit(draft, step, false).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // trouble() shows it; the row is written when it can be
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is remembered without a row of its own. */
    public CompletableFuture<Void> remember(Step step) {
        return writer.submit(() -> step.write(new Memory(tables)), false);
    }

    /** As {@link #remember}, after all that does not have the time to wait. */
    public CompletableFuture<Void> rememberInTime(Step step) {
        return writer.submitSpare(() -> step.write(new Memory(tables)));
    }

    private Claim submit(Draft draft, Step step, boolean onDisk) {
        return writer.submit(() -> {
            append(draft);
            step.write(new Memory(tables));
        }, onDisk);
    }

    /** Why the journal cannot be written at present; status shows it red. */
    public Optional<String> trouble() {
        return writer.trouble().or(() -> Optional.ofNullable(openTrouble)).or(() -> Optional.ofNullable(anchorTrouble));
    }

    private void transaction(Writer.Work work, boolean onDisk) throws SQLException {
        if (db == null) {
            connect();
        }
        Chain.Head before = head;
        sync(onDisk);
        execute("BEGIN IMMEDIATE");
        try {
            work.run();
            execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            head = before;
            rollBack();
            throw e;
        }
        if (onDisk && head.id() != before.id()) {
            keepAnchor();
        }
    }

    /** The rows are committed: an anchor that cannot be written must not make them be written again. */
    private void keepAnchor() {
        try {
            Chain.keep(state.resolve(ANCHOR), head);
            anchorTrouble = null;
        } catch (IOException e) {
            anchorTrouble = "the anchor of the journal cannot be written: " + e.getMessage();
        }
    }

    private void sync(boolean onDisk) throws SQLException {
        if (onDisk != durable) {
            execute("PRAGMA synchronous = " + (onDisk ? "FULL" : "NORMAL"));
            durable = onDisk;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A full disk makes SQLite roll back by itself; then there is nothing left to roll back. */
    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            return;
        }
    }

    private void append(Draft draft) throws SQLException {
        Entry entry = draft.entry(head.id() + 1);
        String hash = Chain.hash(head.hash(), entry);
        tables.run("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry.id(), entry.at().toString(), entry.kind(),
                entry.actor(), entry.subject(), entry.text(), entry.detail(), hash);
        head = new Chain.Head(entry.id(), hash);
    }

    private static Chain.Head newest(Connection db) throws SQLException {
        try (Statement s = db.createStatement();
                ResultSet r = s.executeQuery("SELECT id, hash FROM entry UNION ALL SELECT id, hash FROM pruned"
                        + " ORDER BY id DESC LIMIT 1")) {
            return r.next() ? new Chain.Head(r.getLong(1), r.getString(2)) : new Chain.Head(0, Chain.START);
        }
    }

    /** What was true when the journal was last written. */
    public Remembered remembered() throws JournalException {
        if (db == null) {
            try (JournalReader reader = JournalReader.open(state)) {
                return reader.remembered();
            }
        }
        try {
            return tables.load();
        } catch (SQLException e) {
            throw new JournalException("the journal in " + state + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What was kept when the journal was opened, by id in the order it came; to be called before anything is written. */
    public Map<String, String> kept(Memory.Kept kind) throws JournalException {
        if (db == null) {
            try (JournalReader reader = JournalReader.open(state)) {
                return reader.kept(kind);
            }
        }
        try {
            return tables.kept(kind);
        } catch (SQLException e) {
            throw new JournalException("the journal in " + state + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Forgets rows older than so long; the chain goes on from the last one forgotten. */
    public void prune(Instant olderThan) {
        writer.submit(() -> {
            List<Entry> last = JournalReader.rows(db, "WHERE at < ? ORDER BY id DESC LIMIT 1", olderThan.toString());
            if (!last.isEmpty()) {
                long id = last.getFirst().id();
                tables.run("INSERT OR REPLACE INTO pruned SELECT 1, id, hash FROM entry WHERE id = ?", id);
                tables.run("DELETE FROM entry WHERE id <= ?", id);
            }
        }, true);
    }

    @Override
    public void close() {
        writer.close();
        try {
            if (db != null) {
                db.close();
            }
        } catch (SQLException e) {
            // Everything that could be written has been; the next start recovers the rest from the WAL.
        }
    }
}
