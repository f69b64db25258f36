package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The database of a journal, open for writing whenever that can be. Once a journal is open its writer's thread alone works
 * here; others may ask for what is wrong and where the chain ends.
 */
final class Store implements AutoCloseable {

    private final Path state;
    /** Null as long as it cannot be opened for writing. */
    private volatile Connection db;
    private volatile Tables tables;
    private volatile Head head;
    private boolean durable = true;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    /** A damaged database that is not copied yet. */
    private Path aside;
    private String damaged = "";
    private volatile SQLException suspicion;
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

    /** It is tried again with the next write. */
    void notOpen(SQLException why) {
        openTrouble = why.getMessage();
    }

    Optional<String> trouble() {
        return Optional.ofNullable(openTrouble).or(() -> Optional.ofNullable(anchorTrouble));
    }

    /** The next write replaces the database, as if it had met this damage itself. */
    void distrust(SQLException damage) {
        suspicion = damage;
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
    void replace(SQLException damage) throws SQLException {
        try {
            if (db != null) {
                db.close();
                db = null;
            }
            if (aside == null) {
                aside = Rescue.setAside(file());
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
        Rescue.remove(file()); // what was begun when the disk was full
        String text;
        try (Connection fresh = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            fresh.setAutoCommit(false);
            new Tables(fresh).create();
            text = damaged + "; " + Rescue.copy(aside, fresh);
            fresh.commit();
        }
        aside = null;
        complaints.replaceAll(c -> c.equals(damaged) ? text : c);
        connect();
        inTransaction(() -> append(Opening.damage(text, head)), true);
    }

    /** Does it all or nothing; what fails may be tried again. */
    void run(Writer.Work work, boolean onDisk) throws SQLException {
        try {
            if (suspicion != null) {
                SQLException damage = suspicion;
                suspicion = null;
                replace(damage);
            }
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

    void append(Draft draft) throws SQLException {
        Entry entry = draft.entry(head.id() + 1);
        String hash = Chain.hash(head.hash(), entry);
        tables.run("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry.id(), entry.at().toString(), entry.kind(),
                entry.actor(), entry.subject(), entry.text(), entry.detail(), hash);
        if (entry.kind().equals(WishRows.WISH)) {
            WishRows.mirror(entry, tables);
        }
        head = new Head(entry.id(), hash);
    }

    /** Forgets rows older than so long; to be done in a transaction. */
    void prune(Instant olderThan) throws SQLException {
        Optional<Head> last = JournalReader.head(db, "SELECT id, hash FROM entry WHERE at < ? ORDER BY id DESC LIMIT 1",
                olderThan.toString());
        if (last.isPresent()) {
            Head upTo = last.get();
            append(new Draft(Instant.now(), WishRows.PRUNED, "reroute", "journal",
                    "rows up to " + upTo.id() + " are forgotten, being older than " + olderThan,
                    WishRows.pruned(upTo, WishRows.of(db).wishes())));
            tables.run("INSERT OR REPLACE INTO pruned VALUES (1, ?, ?)", upTo.id(), upTo.hash());
            tables.run("DELETE FROM entry WHERE id <= ?", upTo.id());
        }
    }

    @Override
    public void close() {
        try {
            if (db != null) {
                db.close();
            }
        } catch (SQLException e) {
            // Everything that could be written has been; the next start recovers the rest from the WAL.
        }
    }
}
