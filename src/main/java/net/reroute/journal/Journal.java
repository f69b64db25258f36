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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.RecordedState;

/** The journal of a state folder: SQLite in WAL mode with one writer. Thread-safe. */
public final class Journal implements RecordStore, AutoCloseable {

    /** SQLITE_BUSY, sqlite.org/rescode.html. */
    private static final int BUSY = 5;

    private final Path folder;
    private final Store store;
    private final Writer writer;
    private RecordedState state = RecordedState.NOTHING;

    private Journal(Path state) {
        this.folder = state;
        this.store = new Store(state);
        this.writer = new Writer(store::run);
    }

    /**
     * Opens or creates the journal for writing. A damaged database is set aside. If it cannot be written, as on a full
     * disk, its state is read if possible, and each later write tries to open it.
     *
     * @throws JournalException if the folder is not writable, or another process holds the database
     */
    public static Journal open(Path state) throws JournalException {
        try {
            Files.createDirectories(state);
            if (Files.isSymbolicLink(state.resolve(JournalFormat.FILE))) {
                throw new IOException(state.resolve(JournalFormat.FILE) + " is a symbolic link, which is not followed");
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
        if (DatabaseFiles.resume(folder.resolve(JournalFormat.FILE))) {
            store.complain(List.of("the journal was damaged and is set aside; that was cut off in the middle, and is"
                    + " ended now"));
        }
        try {
            store.connect();
            state = store.rows().state();
        } catch (SQLException e) {
            if (Damage.is(e)) {
                beginAnew(e);
            } else if (!Files.isWritable(folder) || (e.getErrorCode() & 0xff) == BUSY) {
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
            state = store.rows().state();
        } catch (SQLException e) {
            store.complain(List.of("the journal is damaged (" + damage.getMessage()
                    + "), and nothing is remembered; it is set aside when there is room for another"));
            store.notOpen(e);
        }
    }

    /** Reads the state of a journal that cannot be opened for writing. */
    private void loadUnopened() {
        if (!Files.exists(folder.resolve(JournalFormat.FILE))) {
            return;
        }
        try (JournalReader reader = JournalReader.open(folder)) {
            state = reader.state();
        } catch (JournalException e) {
            store.complain(List.of("nothing is remembered: " + e.getMessage()));
        }
    }

    /**
     * Checks the whole database for damage, and replaces it if there is any; then verifies the whole chain. Blocks
     * until all is checked, which takes a while; other threads can write meanwhile.
     */
    public void examine() {
        if (!store.isOpen()) {
            return;
        }
        try (Connection look = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(JournalFormat.FILE))) {
            quickCheck(look);
            List<String> findings = Verification.untold(look, anchor());
            if (!findings.isEmpty()) {
                if (!store.isFollowing()) {
                    writer.submit(() -> store.rows().tell(findings), true).join();
                }
                store.complain(findings);
            }
        } catch (SQLException e) {
            if (Damage.is(e)) {
                store.distrust(e);
                writer.submit(() -> {
                }, true).join();
            }
        }
    }

    private static void quickCheck(Connection db) throws SQLException {
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("PRAGMA quick_check(1)")) {
            if (r.next() && !r.getString(1).equals("ok")) {
                throw new SQLException(r.getString(1), "", Damage.CORRUPT);
            }
        }
    }

    /** An unreadable anchor was reported when the journal was opened. */
    private Optional<Head> anchor() {
        try {
            return Chain.kept(folder.resolve(JournalFormat.ANCHOR));
        } catch (IOException e) {
            return Optional.of(Chain.NOTHING);
        }
    }

    /** @param committed called after each commit, on the thread that writes; it must return at once */
    public void listen(Runnable committed) {
        store.listen(committed);
    }

    /** What was found wrong since the journal was opened, and the consequences; the status shows it in red. */
    public List<String> complaints() {
        return store.complaints();
    }

    /**
     * Appends a row, and waits until it is on the disk.
     *
     * @throws JournalException if that failed or took too long; the row is not and will not be written, unless the disk
     *     stopped answering during the write
     */
    @Override
    public void write(PendingRow pending, Duration within) throws JournalException {
        WriteTicket done = submit(List.of(pending), true);
        try {
            done.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            if (!done.withdraw() && done.endsWell(within)) {
                return;
            }
            throw new JournalException("the journal in " + folder + " cannot be written: "
                    + trouble().orElse(String.valueOf(e.getMessage())), e);
        } catch (InterruptedException e) {
            // The result must be true: the row is either written, or never will be.
            boolean written = !done.withdraw() && done.endsWell(within);
            Thread.currentThread().interrupt();
            if (!written) {
                throw new JournalException("interrupted", e);
            }
        }
    }

    /** Queues rows; writes all or none, as soon as the disk has room. Completes once they are on the disk. */
    @Override
    public CompletableFuture<Void> later(List<PendingRow> rows) {
        return submit(rows, true);
    }

    /** As {@link #later}, without waiting for the disk: safe from a crash of this process only. */
    @Override
    public CompletableFuture<Void> soon(List<PendingRow> rows) {
        return submit(rows, false);
    }

    /** As {@link #soon}, but behind all urgent writes. */
    @Override
    public CompletableFuture<Void> inTime(List<PendingRow> rows) {
        return writer.submitSpare(() -> store.rows().append(rows));
    }

    /** Waits for rows, for {@code atMost} at most. Never throws: the caller must not depend on a disk. */
    public static void await(CompletableFuture<Void> written, Duration atMost) {
        try {
            written.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // trouble() reports it; the row is written when possible
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WriteTicket submit(List<PendingRow> rows, boolean onDisk) {
        return writer.submit(() -> store.rows().append(rows), onDisk);
    }

    /** This journal as one of several members keeps it. */
    public Replica replica() {
        return new Replica(store, writer);
    }

    /** Why the journal cannot be written now; empty if it can. The status shows it in red. */
    public Optional<String> trouble() {
        return writer.trouble().or(store::trouble);
    }

    /** The state when the journal was opened; it does not follow later rows. */
    public RecordedState state() {
        return state;
    }

    /** The newest committed row and its hash; empty while the journal is not open. */
    public Optional<Head> head() {
        return store.head();
    }

    /** Queues the removal of older rows. The chain continues from the last of them; a new row records that. */
    public void prune(Instant olderThan) {
        if (store.isFollowing()) {
            return; // who makes the rows declares them forgotten
        }
        writer.submit(() -> store.rows().prune(olderThan), true)
                .thenRun(() -> writer.submit(() -> store.rows().forget(), true));
    }

    @Override
    public void close() {
        writer.close();
        store.close();
    }
}
