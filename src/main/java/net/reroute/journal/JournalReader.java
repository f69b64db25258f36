package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a journal, beside its writer or without one. Not thread-safe. */
public final class JournalReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);
    private static final int MOST_LOOKED_AT = 10_000;
    private static final int BEHIND = 10_000;
    /** Row kinds that only store state, and are not shown as history. */
    private static final String QUIET = "'seen', 'owned', 'kept', 'next-hop', 'hardware', 'health', 'note', 'placed',"
            + " 'state', 'at-home'";

    private final Path folder;
    private final Connection db;

    private final Runnable closed;

    private JournalReader(Path state, Connection db, Runnable closed) {
        this.folder = state;
        this.db = db;
        this.closed = closed;
    }

    /**
     * Opens the journal of a state folder for reading.
     *
     * @throws JournalException if there is none, or it cannot be read
     */
    public static JournalReader open(Path state) throws JournalException {
        return open(state, () -> {
        });
    }

    /**
     * Opens the journal of a state folder for reading.
     *
     * @param closed runs when the reader is closed, but not if opening fails
     * @throws JournalException if there is none, or it cannot be read
     */
    public static JournalReader open(Path state, Runnable closed) throws JournalException {
        Path file = state.resolve(JournalFormat.FILE);
        if (!Files.exists(file)) {
            throw new JournalException("there is no journal in " + state + " yet", null);
        }
        try {
            return new JournalReader(state, checked(connect(file)), closed);
        } catch (SQLException e) {
            throw new JournalException("the journal " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Connection checked(Connection db) throws SQLException {
        try {
            new JournalSchema(db).requireTables();
            return db;
        } catch (SQLException e) {
            db.close();
            throw e;
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement look = db.createStatement()) {
            look.execute("SELECT count(*) FROM sqlite_master");
            return db;
        } catch (SQLException e) {
            db.close();
            return asItIs(file, e);
        }
    }

    /**
     * Opens the database file as immutable (sqlite.org/c3ref/open.html). After a clean shutdown that file is complete.
     * This works where SQLite cannot create its shared file: on a full disk, or without write permission.
     */
    private static Connection asItIs(Path file, SQLException cause) throws SQLException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        try {
            if (Files.exists(log) && Files.size(log) > 0) {
                throw cause;
            }
        } catch (IOException e) {
            throw cause;
        }
        return DriverManager
                .getConnection("jdbc:sqlite:" + file.toUri().toString().replace("///", "/") + "?immutable=1");
    }

    /** The state after the newest row. */
    public RecordedState state() throws JournalException {
        try {
            Path anchor = folder.resolve(JournalFormat.ANCHOR);
            return Edition.trust(db, Chain.kept(anchor), Edition.of(db, anchor, Opening.newest(db))).state();
        } catch (SQLException | IOException e) {
            throw new JournalException("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The newest row of a kind about a subject whose record fits; empty if none of the newest 10,000 does. */
    public Optional<JournalRow> last(String kind, String subject, Predicate<Record> says) throws JournalException {
        try {
            return RowQueries
                    .rows(db, "WHERE kind = ? AND subject = ? ORDER BY id DESC LIMIT " + MOST_LOOKED_AT, kind, subject)
                    .stream().filter(row -> says(row, says)).findFirst();
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean says(JournalRow row, Predicate<Record> what) {
        try {
            return what.test(RecordJson.read(row));
        } catch (IllegalArgumentException e) {
            return false; // the detail cannot be read
        }
    }

    /** At most {@code most} rows of a kind, newest first. */
    public List<JournalRow> newest(String kind, int most) throws JournalException {
        try {
            return RowQueries.rows(db, "WHERE kind = ? ORDER BY id DESC LIMIT " + most, kind);
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** At most {@code most} rows of the history after the row with this id, oldest first. */
    public List<JournalRow> after(long id, int most) throws JournalException {
        return history("WHERE id > " + id + " AND kind NOT IN (" + QUIET + ") ORDER BY id LIMIT " + most);
    }

    /** The same journal, row by row. */
    public ChainReader chain() {
        return new ChainReader(folder, db);
    }

    /** The newest rows of the history, oldest first. */
    public List<JournalRow> newest(int most) throws JournalException {
        return history("WHERE kind NOT IN (" + QUIET + ") ORDER BY id DESC LIMIT " + most).reversed();
    }

    private List<JournalRow> history(String where) throws JournalException {
        try {
            return RowQueries.rows(db, where);
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * At most {@code most} rows of the history since a time, oldest first; the newest if there are more. A clock may
     * have been set back, so the search continues for a while beyond the first older row.
     */
    public List<JournalRow> since(Instant since, int most) throws JournalException {
        return since(since, most, row -> true);
    }

    /** The same for rows that are wanted. */
    public List<JournalRow> since(Instant since, int most, Predicate<JournalRow> wanted) throws JournalException {
        List<JournalRow> rows = new ArrayList<>();
        int older = 0;
        try (Statement s = db.createStatement();
                ResultSet r = s
                        .executeQuery("SELECT * FROM entry WHERE kind NOT IN (" + QUIET + ") ORDER BY id DESC")) {
            while (older < BEHIND && rows.size() < most && r.next()) {
                if (RowQueries.at(r).isBefore(since)) {
                    older++;
                } else {
                    Optional.of(RowQueries.row(r)).filter(wanted).ifPresent(rows::add);
                }
            }
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
        }
        return rows.reversed();
    }

    /**
     * Verifies the whole chain. Findings are part of the result, not exceptions.
     *
     * @param elsewhere heads of the chain that were stored in other places
     * @throws JournalException if the journal cannot be read
     */
    public Verified verify(List<Head> elsewhere) throws JournalException {
        try {
            return Verification.of(db, Chain.kept(folder.resolve(JournalFormat.ANCHOR)), elsewhere);
        } catch (IOException e) {
            return unanchored(e, elsewhere);
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be verified: " + e.getMessage(), e);
        }
    }

    private Verified unanchored(IOException why, List<Head> elsewhere) throws JournalException {
        try {
            Verified rest = Verification.of(db, Optional.empty(), elsewhere);
            List<String> findings = new ArrayList<>();
            findings.add("the anchor beside the journal cannot be read: " + why.getMessage());
            findings.addAll(rest.findings());
            return new Verified(rest.first(), rest.last(), List.copyOf(findings));
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be verified: " + e.getMessage(), e);
        }
    }

    /** Closes it, where nothing depends any more on whether that succeeds. */
    public void leave() {
        try {
            close();
        } catch (JournalException e) {
            LOG.debug("the journal does not close", e);
        }
    }

    @Override
    public void close() throws JournalException {
        try {
            db.close();
        } catch (SQLException e) {
            throw new JournalException("the journal does not close: " + e.getMessage(), e);
        } finally {
            closed.run();
        }
    }
}
