package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The database of a journal, open for writing whenever possible. Once the journal is open, only the writer's thread
 * uses it; other threads may call {@link #head}, {@link #complaints}, {@link #complain}, {@link #distrust} and
 * {@link #trouble}.
 */
final class Store implements AutoCloseable {

    /** Limit of replacements: a failing disk must not fill up with damaged databases. */
    private static final int MOST_RESCUES = 3;

    private final Path file;
    private final AnchorFile anchor;
    /** Null while the database cannot be opened for writing. */
    private volatile Connection db;
    private volatile Rows rows;
    /** The newest committed row. */
    private volatile Head head;
    private SqlSession session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    /** The damage found, until the database is replaced. */
    private volatile SQLException damage;
    private int replaced;
    /** The database of another member that is to be taken; null if there is none. */
    private volatile Path replacement;
    private volatile String openTrouble;
    private final List<Runnable> committed = new CopyOnWriteArrayList<>();
    /** True while another member makes the rows: then none is added here. */
    private volatile boolean following;

    Store(Path state) {
        this.file = state.resolve(JournalFormat.FILE);
        this.anchor = new AnchorFile(state.resolve(JournalFormat.ANCHOR));
    }

    boolean isOpen() {
        return db != null;
    }

    Rows rows() {
        return rows;
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

    /** Notes why the database could not be opened. The next write tries again. */
    void notOpen(SQLException why) {
        openTrouble = why.getMessage();
    }

    Optional<String> trouble() {
        return Optional.ofNullable(openTrouble).or(anchor::trouble);
    }

    /** @param then called after each commit, on the thread that writes; it must return at once */
    void listen(Runnable then) {
        committed.add(then);
    }

    boolean isFollowing() {
        return following;
    }

    /** @param other true: rows are those of another member */
    void follow(boolean other) {
        following = other;
    }

    /** The next write replaces the database. */
    void distrust(SQLException found) {
        damage = found;
    }

    void connect() throws SQLException {
        Connection opened = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            SqlSession.prepare(opened);
            new JournalSchema(opened).create();
            begin(opened, Opening.of(opened, anchor.path()));
            openTrouble = null;
        } catch (SQLException e) {
            db = null;
            opened.close();
            throw e;
        } catch (RuntimeException e) {
            db = null;
            opened.close();
            throw Damage.odd(e);
        }
    }

    private void begin(Connection opened, Opening opening) throws SQLException {
        db = opened;
        session = new SqlSession(opened);
        head = opening.goesOnFrom();
        rows = new Rows(opened, head, opening.trust().state(), opening.begins());
        if (opening.isLate()) {
            writeFirst(opening);
        }
        complaints.addAll(opening.trust().complaints());
        if (!following && rows.isToSayAgain()) {
            inTransaction(rows::sayAgain, true);
        }
        if (head.id() == 0) {
            anchor.keep(head); // before the first row: without it, lost rows would look like a new journal
        }
    }

    private void writeFirst(Opening opening) throws SQLException {
        inTransaction(() -> {
            rows.append(opening.rows());
            rows.mark();
        }, true);
        complaints.addAll(opening.complaints());
    }

    /**
     * Replaces a damaged database by a new one with all that can be read of it. If that fails, the damaged one stays in
     * place.
     */
    void replace() throws SQLException {
        SQLException found = damage;
        try {
            disconnect();
            if (!DatabaseFiles.resume(file)) {
                exchange(found);
            }
            damage = null;
            connect();
        } catch (IOException e) {
            throw new SQLException("it is damaged, and cannot be set aside: " + e.getMessage(), found);
        }
    }

    private void exchange(SQLException found) throws IOException, SQLException {
        Path aside = DatabaseFiles.aside(file);
        Rescue rescue = Rescue.into(DatabaseFiles.beside(file), file, anchor.path(), "the journal was damaged ("
                + found.getMessage() + ") and is set aside as " + aside + "; ");
        head = rescue.head();
        DatabaseFiles.exchange(file, aside);
        replaced++;
        anchor.keep(head);
        complaints.addAll(rescue.findings());
    }

    /** The next write puts another database in the place of this one, which is kept beside it. */
    void replaceBy(Path other) {
        replacement = other;
    }

    private void takeReplacement() throws SQLException {
        disconnect();
        DatabaseFiles.replace(file, replacement, anchor);
        replacement = null;
        damage = null;
        connect();
    }

    private void disconnect() throws SQLException {
        if (db != null) {
            db.close();
            db = null;
        }
    }

    /**
     * Runs work in a transaction. Opens or replaces the database first if necessary.
     *
     * @param onDisk true to wait until the work is on the disk
     * @throws SQLException if it failed and was rolled back; the caller may try again
     */
    void run(Writer.Work work, boolean onDisk) throws SQLException {
        try {
            if (replacement != null) {
                takeReplacement();
            } else if (damage != null) {
                replace();
            } else if (db == null) {
                connect();
            }
            inTransaction(work, onDisk);
        } catch (SQLException e) {
            if (Damage.is(e) && replaced < MOST_RESCUES) {
                damage = e;
            }
            throw e; // the writer tries again
        }
    }

    private void inTransaction(Writer.Work work, boolean onDisk) throws SQLException {
        Rows.Position before = rows.place();
        session.begin(onDisk);
        try {
            work.run();
            complete(before);
            session.commit();
        } catch (SQLException | RuntimeException | Error e) {
            rows.backTo(before);
            session.rollBack();
            throw e;
        }
        head = rows.head();
        committed.forEach(Runnable::run);
        if (onDisk && head.id() != before.head().id()) {
            anchor.keep(head);
        }
    }

    private void complete(Rows.Position before) throws SQLException {
        if (before.head().id() == 0 && rows.head().id() > 0) {
            rows.mark();
        }
        if (!following && rows.isToSayAgain()) {
            rows.sayAgain();
        }
    }

    @Override
    public void close() {
        try {
            if (db != null) {
                session.checkpoint(); // syncs the remaining rows
                anchor.keep(head);
                db.close();
            }
        } catch (SQLException e) {
            // Nothing is lost: the next start recovers rows from the WAL.
        }
    }
}
