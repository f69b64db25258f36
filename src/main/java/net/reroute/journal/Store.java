package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import net.reroute.core.Instants;
import net.reroute.core.Wish;

/**
 * The database of a journal, open for writing whenever that can be. Once a journal is open its writer's thread alone works
 * here; others may ask for what is wrong and where the chain ends.
 */
final class Store implements AutoCloseable {

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    /** So many rows are followed at a start in a tenth of a second. */
    private static final int OFTEN = 20_000;
    /** A disk that damages whatever is written would be filled with what is set aside. */
    private static final int MOST_RESCUES = 3;

    private final Path state;
    /** Null as long as it cannot be opened for writing. */
    private volatile Connection db;
    private volatile Tables tables;
    private volatile Head head;
    private boolean durable = true;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    /** What was found in a damaged database, until another is in its place. */
    private volatile SQLException damage;
    private int replaced;
    private Trust trust;
    /** The newest row that says all wishes. */
    private long saidAt;
    private Optional<Head> toForget = Optional.empty();
    private volatile String openTrouble;
    private volatile String anchorTrouble;

    Store(Path state) {
        this.state = state;
    }

    private Path file() {
        return state.resolve(Journal.FILE);
    }

    boolean isOpen() {
        return db != null;
    }

    Tables tables() {
        return tables;
    }

    Optional<Head> head() {
        return Optional.ofNullable(head);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void complain(List<String> more) {
        complaints.addAll(more);
    }

    /** In what the rows said when it was opened. */
    Trust trust() {
        return trust;
    }

    /** It is tried again with the next write. */
    void notOpen(SQLException why) {
        openTrouble = why.getMessage();
    }

    Optional<String> trouble() {
        return Optional.ofNullable(openTrouble).or(() -> Optional.ofNullable(anchorTrouble));
    }

    /** The next write replaces the database. */
    void distrust(SQLException found) {
        damage = found;
    }

    void connect() throws SQLException {
        Connection opened = DriverManager.getConnection("jdbc:sqlite:" + file());
        try (Statement pragma = opened.createStatement()) {
            pragma.execute("PRAGMA journal_mode = WAL");
            pragma.execute("PRAGMA synchronous = FULL");
            pragma.execute("PRAGMA busy_timeout = 2000");
            Tables all = new Tables(opened);
            all.create();
            Opening opening = Opening.of(opened, state.resolve(Journal.ANCHOR));
            db = opened;
            tables = all;
            durable = true;
            head = opening.goesOnFrom();
            take(opening);
            trust = opening.rows().isEmpty() ? opening.trust() : Trust.of(db, head());
            saidAt = trust.begins();
            if (head.id() - saidAt > OFTEN) {
                saidAt = head.id();
                inTransaction(() -> append(saidAgain(trust.wishes())), true);
            }
            if (head.id() == 0) {
                keepAnchor(); // before the first row: else its loss could not be told from one
            }
            openTrouble = null;
        } catch (SQLException e) {
            db = null;
            opened.close();
            throw e;
        } catch (RuntimeException e) {
            db = null;
            opened.close();
            throw Journal.odd(e);
        }
    }

    private void take(Opening opening) throws SQLException {
        if (opening.isLate()) {
            inTransaction(() -> {
                write(opening);
                mark();
            }, true);
            complaints.addAll(opening.complaints());
        }
    }

    private void write(Opening opening) throws SQLException {
        for (Draft row : opening.rows()) {
            append(row);
        }
    }

    private void mark() throws SQLException {
        execute("PRAGMA user_version = " + Opening.VERSION);
        if (head.id() > 0) {
            execute("PRAGMA application_id = " + Opening.HAD_ROWS);
        }
    }

    /**
     * Puts another database in the place of one that was found damaged, with what can be read of it: all of it, or the
     * damaged one stays where it is.
     */
    void replace() throws SQLException {
        SQLException found = damage;
        try {
            disconnect();
            if (Rescue.resume(file())) {
                damage = null;
                connect();
                return;
            }
            Path aside = Rescue.aside(file());
            List<String> told = refill(Rescue.beside(file()), "the journal was damaged (" + found.getMessage()
                    + ") and is set aside as " + aside + "; ");
            Rescue.exchange(file(), aside);
            replaced++;
            damage = null;
            keepAnchor();
            complaints.addAll(told);
            connect();
        } catch (IOException e) {
            throw new SQLException("it is damaged, and cannot be set aside: " + e.getMessage(), found);
        }
    }

    private void disconnect() throws SQLException {
        if (db != null) {
            db.close();
            db = null;
        }
    }

    private List<String> refill(Path next, String begins) throws SQLException {
        try (Connection fresh = DriverManager.getConnection("jdbc:sqlite:" + next)) {
            fresh.setAutoCommit(false);
            Tables all = new Tables(fresh);
            all.create();
            String text = begins + Rescue.copy(file(), fresh);
            Opening opening = Opening.of(fresh, state.resolve(Journal.ANCHOR));
            db = fresh;
            tables = all;
            head = opening.goesOnFrom();
            append(Opening.damage(text, head, opening.trust().wishes()));
            write(opening);
            mark();
            fresh.commit();
            List<String> told = new ArrayList<>(List.of(text));
            told.addAll(opening.complaints());
            return told;
        } finally {
            db = null;
        }
    }

    /** Does it all or nothing; what fails may be tried again. */
    void run(Writer.Work work, boolean onDisk) throws SQLException {
        try {
            if (damage != null) {
                replace();
            } else if (db == null) {
                connect();
            }
            inTransaction(work, onDisk);
        } catch (SQLException e) {
            if (Rescue.isDamage(e) && replaced < MOST_RESCUES) {
                damage = e;
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
            if (before.id() == 0 && head.id() > 0) {
                mark();
            }
            boolean again = head.id() - saidAt > OFTEN;
            if (again) {
                append(saidAgain(Trust.of(db, head()).wishes()));
            }
            execute("COMMIT");
            saidAt = again ? head.id() : saidAt;
        } catch (SQLException | RuntimeException | Error e) {
            head = before;
            rollBack();
            throw e;
        }
        if (onDisk && head.id() != before.id()) {
            keepAnchor();
        }
    }

    private Draft saidAgain(Collection<Wish> wishes) {
        return new Draft(Instant.now(), WishRows.WISHES, "reroute", "journal",
                "the wishes in force, said again so that a start is quick", WishRows.anew(head, wishes));
    }

    /** The rows are committed: an anchor that cannot be written must not make them be written again. */
    private void keepAnchor() {
        try {
            Chain.keep(state.resolve(Journal.ANCHOR), head);
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

    /** Writes rows that tell what was found wrong. */
    void tell(List<String> findings) throws SQLException {
        for (String finding : findings) {
            append(Opening.damage(finding, head, Trust.of(db, head()).wishes()));
        }
    }

    void append(Draft draft) throws SQLException {
        Entry entry = draft.entry(head.id() + 1);
        String hash = Chain.hash(head.hash(), entry);
        int written = tables.run("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry.id(), entry.at().toString(),
                entry.kind(), entry.actor(), entry.subject(), entry.text(), entry.detail(), hash);
        if (written != 1) {
            throw new SQLException("the row was not written", "", Rescue.CORRUPT);
        }
        if (entry.kind().equals(WishRows.WISH)) {
            WishRows.mirror(entry, tables);
        }
        head = new Head(entry.id(), hash);
    }

    /**
     * Writes that the oldest rows will be forgotten, up to the first that is younger than so long. They are forgotten by
     * {@link #forget} when that, and the anchor, are on the disk: else the anchor could know a row that nobody can look up.
     */
    void prune(Instant olderThan) throws SQLException {
        Optional<Head> last = lastBefore(olderThan);
        if (last.isPresent()) {
            Head upTo = last.get();
            append(new Draft(Instant.now(), WishRows.PRUNED, "reroute", "journal",
                    "rows up to " + upTo.id() + " are forgotten, being older than " + olderThan,
                    WishRows.anew(upTo, Trust.of(db, head()).wishes())));
        }
        toForget = last;
    }

    void forget() throws SQLException {
        if (toForget.isPresent()) {
            tables.run("INSERT OR REPLACE INTO pruned VALUES (1, ?, ?)", toForget.get().id(), toForget.get().hash());
            tables.run("DELETE FROM entry WHERE id <= ?", toForget.get().id());
        }
    }

    /** A row of the future was written while the clock was wrong, and keeps none before it. */
    private Optional<Head> lastBefore(Instant moment) throws SQLException {
        Instant future = Instant.now().plus(CLOCKS_DIFFER);
        Optional<Head> last = Optional.empty();
        try (Statement s = db.createStatement();
                ResultSet r = s.executeQuery("SELECT id, at, hash FROM entry ORDER BY id")) {
            while (r.next()) {
                Instant at = Instants.read(String.valueOf(r.getString("at"))).orElse(Instant.EPOCH);
                if (at.isBefore(moment)) {
                    last = Head.of(r.getLong("id"), r.getString("hash"));
                } else if (at.isBefore(future)) {
                    break;
                }
            }
        }
        return last;
    }

    @Override
    public void close() {
        try {
            if (db != null) {
                execute("PRAGMA wal_checkpoint(TRUNCATE)"); // rows that did not have the time to wait for the disk
                keepAnchor();
                db.close();
            }
        } catch (SQLException e) {
            // Everything that could be written has been; the next start recovers the rest from the WAL.
        }
    }
}
