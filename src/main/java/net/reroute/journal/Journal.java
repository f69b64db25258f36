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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.Lines;
import net.reroute.core.Remembered;

/** The journal of a state folder: SQLite in WAL mode, one writer. */
public final class Journal implements AutoCloseable {

    static final String FILE = "journal.db";
    static final String ANCHOR = "journal.anchor";
    /** SQLITE_BUSY, sqlite.org/rescode.html. */
    private static final int BUSY = 5;

    private final Path state;
    private final Store store;
    private final Writer writer;
    private final Map<Memory.Kept, Map<String, String>> kept = new EnumMap<>(Memory.Kept.class);
    private Remembered remembered = Remembered.nothing();

    private Journal(Path state) {
        this.state = state;
        this.store = new Store(state);
        this.writer = new Writer(store::run);
    }

    /**
     * Opens the journal for writing, and makes it where there is none. What is damaged is set aside; where it cannot be
     * written, as on a full disk, it is read if it can be, and opened as soon as it can be.
     *
     * @throws JournalException if the folder is not one that may be written, or another process holds the file
     */
    public static Journal open(Path state) throws JournalException {
        try {
            Files.createDirectories(state);
            if (Files.isSymbolicLink(state.resolve(FILE))) {
                throw new IOException(state.resolve(FILE) + " is a symbolic link, which is not followed");
            }
            Journal journal = new Journal(state);
            journal.begin();
            return journal;
        } catch (IOException | SQLException e) {
            throw new JournalException("the journal in " + state + " cannot be opened: " + e.getMessage()
                    + "; check the folder's owner and the free space", e);
        }
    }

    private void begin() throws SQLException, IOException {
        if (Rescue.resume(state.resolve(FILE))) {
            store.complain(List.of("the journal was damaged and is set aside; that was cut off in the middle, and is"
                    + " ended now"));
        }
        try {
            store.connect();
            load();
        } catch (SQLException e) {
            if (Rescue.isDamage(e)) {
                beginAnew(e);
            } else if (!Files.isWritable(state) || (e.getErrorCode() & 0xff) == BUSY) {
                throw e;
            } else {
                store.notOpen(e);
                loadUnopened();
            }
        }
    }

    private void beginAnew(SQLException damage) {
        store.distrust(damage);
        try {
            store.replace();
            load();
        } catch (SQLException e) {
            store.complain(List.of("the journal is damaged (" + damage.getMessage()
                    + "), and nothing is remembered; it is set aside when there is room for another"));
            store.notOpen(e);
        }
    }

    /** What a mistake of the program makes of a database that nobody thought of: it is dealt with as damaged. */
    static SQLException odd(RuntimeException e) {
        return new SQLException("it holds what cannot be understood: " + Lines.one(String.valueOf(e.getMessage())), "",
                Rescue.CORRUPT, e);
    }

    private void load() throws SQLException {
        Tables tables = store.rows().tables();
        try {
            remembered = tables.load(store.trust());
            for (Memory.Kept kind : Memory.Kept.values()) {
                kept.put(kind, tables.kept(kind));
            }
        } catch (RuntimeException e) {
            throw odd(e);
        }
        store.complain(tables.complaints());
    }

    /** Where nothing can be written, what was written before can be read all the same, if there is anything. */
    private void loadUnopened() {
        if (!Files.exists(state.resolve(FILE))) {
            return;
        }
        try (JournalReader reader = JournalReader.open(state)) {
            remembered = reader.remembered();
            for (Memory.Kept kind : Memory.Kept.values()) {
                kept.put(kind, reader.kept(kind));
            }
        } catch (JournalException e) {
            store.complain(List.of("nothing is remembered: " + e.getMessage()));
        }
    }

    /**
     * Looks through the whole database for damage, which takes a while, and replaces it if there is any; then follows the
     * chain from its first row to its last. For a thread that has the time; writing goes on meanwhile.
     */
    public void examine() {
        if (!store.isOpen()) {
            return;
        }
        try (Connection look = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(FILE));
                Statement s = look.createStatement()) {
            try (ResultSet r = s.executeQuery("PRAGMA quick_check(1)")) {
                if (r.next() && !r.getString(1).equals("ok")) {
                    throw new SQLException(r.getString(1), "", Rescue.CORRUPT);
                }
            }
            List<String> findings = Verification.untold(look, anchor());
            if (!findings.isEmpty()) {
                writer.submit(() -> store.rows().tell(findings), true).join();
                store.complain(findings);
            }
        } catch (SQLException e) {
            if (Rescue.isDamage(e)) {
                store.distrust(e);
                writer.submit(() -> {
                }, true).join();
            }
        }
    }

    /** One that cannot be read was told of when the journal was opened. */
    private Optional<Head> anchor() {
        try {
            return Chain.kept(state.resolve(ANCHOR));
        } catch (IOException e) {
            return Optional.of(Chain.NOTHING);
        }
    }

    /** What was found wrong with it since it was opened, and what followed; status shows it red. */
    public List<String> complaints() {
        return store.complaints();
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
        return writer.submit(() -> step.write(new Memory(store.rows().tables())), false);
    }

    /** As {@link #remember}, after all that does not have the time to wait. */
    public CompletableFuture<Void> rememberInTime(Step step) {
        return writer.submitSpare(() -> step.write(new Memory(store.rows().tables())));
    }

    private Claim submit(Draft draft, Step step, boolean onDisk) {
        return writer.submit(() -> {
            store.rows().append(draft);
            step.write(new Memory(store.rows().tables()));
        }, onDisk);
    }

    /** Why the journal cannot be written at present; status shows it red. */
    public Optional<String> trouble() {
        return writer.trouble().or(store::trouble);
    }

    /** What was true when the journal was opened. */
    public Remembered remembered() {
        return remembered;
    }

    /** What was kept when the journal was opened, by id in the order it came. */
    public Map<String, String> kept(Memory.Kept kind) {
        return kept.getOrDefault(kind, Map.of());
    }

    /** The newest row, and what it is chained to all others by. */
    public Optional<Head> head() {
        return store.head();
    }

    /** Forgets rows older than so long; the chain goes on from the last one forgotten, and a row of it says so. */
    public void prune(Instant olderThan) {
        writer.submit(() -> store.rows().prune(olderThan), true)
                .thenRun(() -> writer.submit(() -> store.rows().forget(), true));
    }

    @Override
    public void close() {
        writer.close();
        store.close();
    }
}
