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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import net.reroute.core.Remembered;

/** The journal of a state folder: SQLite in WAL mode, one writer. */
public final class Journal implements AutoCloseable {

    static final String FILE = "journal.db";
    static final String ANCHOR = "journal.anchor";
    /** SQLITE_BUSY, sqlite.org/rescode.html. */
    private static final int BUSY = 5;
    private static final int CORRUPT = 11;

    private final Path state;
    private final Writer writer;
    /** Null as long as it cannot be opened for writing; what was written before can be read all the same. */
    private volatile Connection db;
    private volatile Tables tables;
    private volatile Head head;
    private boolean durable = true;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Map<Memory.Kept, Map<String, String>> kept = new EnumMap<>(Memory.Kept.class);
    private Remembered remembered = Remembered.nothing();
    /** A damaged database that is not copied yet. */
    private Path aside;
    private String damaged = "";
    private volatile String openTrouble;
    private volatile String anchorTrouble;

    private Journal(Path state) {
        this.state = state;
        this.writer = new Writer(this::transaction);
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
        try {
            connect();
            load();
        } catch (SQLException e) {
            if (Rescue.isDamage(e)) {
                beginAnew(e);
            } else if (!Files.isWritable(state) || (e.getErrorCode() & 0xff) == BUSY) {
                throw e;
            } else {
                openTrouble = e.getMessage();
                loadUnopened();
            }
        }
    }

    private void beginAnew(SQLException damage) {
        try {
            replace(damage);
            load();
        } catch (SQLException e) {
            openTrouble = e.getMessage(); // nothing is remembered; what can be read is copied when there is room
        }
    }

    private void load() throws SQLException {
        remembered = tables.load();
        for (Memory.Kept kind : Memory.Kept.values()) {
            kept.put(kind, tables.kept(kind));
        }
        complaints.addAll(tables.complaints());
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
            complaints.add("nothing is remembered: " + e.getMessage());
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
            Opening opening = Opening.of(opened, state.resolve(ANCHOR));
            db = opened;
            tables = all;
            durable = true;
            head = opening.goesOnFrom();
            take(opening);
            openTrouble = null;
        } catch (SQLException e) {
            db = null;
            opened.close();
            throw e;
        }
    }

    private void take(Opening opening) throws SQLException {
        if (opening.isLate()) {
            inTransaction(() -> {
                for (Draft row : opening.rows()) {
                    append(row);
                }
                execute("PRAGMA user_version = " + Opening.VERSION);
            }, true);
            opening.rows().stream().filter(r -> r.kind().equals(Verification.DAMAGE)).map(Draft::text)
                    .forEach(complaints::add);
        }
    }

    /** Sets a damaged database aside, and goes on with what can be read of it. */
    private void replace(SQLException damage) throws SQLException {
        try {
            if (db != null) {
                db.close();
                db = null;
            }
            if (aside == null) {
                aside = Rescue.setAside(state.resolve(FILE));
                damaged = "the journal was damaged (" + damage.getMessage() + ") and is set aside as " + aside;
                complaints.add(damaged);
            }
            refill();
        } catch (IOException e) {
            throw new SQLException("it is damaged, and cannot be set aside: " + e.getMessage(), damage);
        }
    }

    /** Begins a new database with what can be read of the one that was set aside: with all of it, or not at all. */
    private void refill() throws SQLException, IOException {
        Rescue.remove(state.resolve(FILE)); // what was begun when the disk was full
        String text;
        try (Connection fresh = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(FILE))) {
            fresh.setAutoCommit(false);
            new Tables(fresh).create();
            text = damaged + "; " + Rescue.copy(aside, fresh);
            fresh.commit();
        }
        aside = null;
        complaints.replaceAll(c -> c.equals(damaged) ? text : c);
        connect();
        inTransaction(() -> append(new Draft(Instant.now(), Verification.DAMAGE, "reroute", "journal", text,
                WishRows.pruned(head, List.of()))), true);
    }

    /**
     * Looks through the whole database for damage, which takes a while, and replaces it if there is any. For a thread that
     * has the time; writing goes on meanwhile.
     */
    public void examine() {
        if (db == null) {
            return; // it is not open yet
        }
        try (Connection look = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(FILE));
                Statement s = look.createStatement();
                ResultSet r = s.executeQuery("PRAGMA quick_check(1)")) {
            if (r.next() && !r.getString(1).equals("ok")) {
                throw new SQLException(r.getString(1), "", CORRUPT);
            }
        } catch (SQLException e) {
            if (Rescue.isDamage(e)) {
                AtomicBoolean replaced = new AtomicBoolean();
                writer.submit(() -> {
                    if (!replaced.getAndSet(true)) {
                        throw e; // as if a write had met it
                    }
                }, true).join();
            }
        }
    }

    /** What was found wrong with it since it was opened, and what followed; status shows it red. */
    public List<String> complaints() {
        return List.copyOf(complaints);
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
        try {
            if (db == null && aside != null) {
                refill();
            } else if (db == null) {
                connect();
            }
            inTransaction(work, onDisk);
        } catch (IOException e) {
            throw new SQLException("a new journal cannot be begun: " + e.getMessage(), e);
        } catch (SQLException e) {
            if (Rescue.isDamage(e)) {
                replace(e);
            }
            throw e; // it is tried again
        }
    }

    private void inTransaction(Writer.Work work, boolean onDisk) throws SQLException {
        Head before = head;
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
        if (entry.kind().equals(WishRows.WISH)) {
            WishRows.mirror(entry, tables);
        }
        head = new Head(entry.id(), hash);
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
        return Optional.ofNullable(head);
    }

    /** Forgets rows older than so long; the chain goes on from the last one forgotten, and a row of it says so. */
    public void prune(Instant olderThan) {
        writer.submit(() -> {
            List<Entry> last = JournalReader.rows(db, "WHERE at < ? ORDER BY id DESC LIMIT 1", olderThan.toString());
            if (!last.isEmpty()) {
                Head upTo = JournalReader.head(db, last.getFirst().id());
                append(new Draft(Instant.now(), WishRows.PRUNED, "reroute", "journal", "rows up to " + upTo.id()
                        + " are forgotten, being older than " + olderThan,
                        WishRows.pruned(upTo, WishRows.of(db).wishes())));
                tables.run("INSERT OR REPLACE INTO pruned VALUES (1, ?, ?)", upTo.id(), upTo.hash());
                tables.run("DELETE FROM entry WHERE id <= ?", upTo.id());
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
