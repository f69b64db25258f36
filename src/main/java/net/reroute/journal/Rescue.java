package net.reroute.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.reroute.journal.TableCopy.NotWrittenException;

/**
 * Fills a new database with all that can be read of a damaged one, and a row about it. A damaged journal must not stop
 * the protection of services.
 *
 * @param head the newest row of the new database
 * @param findings one sentence for each thing found wrong
 */
record Rescue(Head head, List<String> findings) {

    /**
     * Fills the new database.
     *
     * @param next path of the new database
     * @param damaged path of the damaged one
     * @param begins first part of the sentence about the damage
     * @throws SQLException if the new database cannot be written
     */
    static Rescue into(Path next, Path damaged, Path anchor, String begins) throws SQLException {
        try (Connection fresh = DriverManager.getConnection("jdbc:sqlite:" + next)) {
            fresh.setAutoCommit(false);
            new JournalSchema(fresh).create();
            String text = begins + copy(damaged, fresh);
            Opening opening = Opening.of(fresh, anchor);
            Rows rows = new Rows(fresh, opening.goesOnFrom(), opening.trust().state(), opening.begins());
            rows.append(Opening.damage(text, rows.head(), rows.state()));
            rows.append(opening.rows());
            rows.mark();
            fresh.commit();
            List<String> findings = new ArrayList<>(List.of(text));
            findings.addAll(opening.complaints());
            return new Rescue(rows.head(), findings);
        }
    }

    /** Copies all that can be read, and the mark of the edition. Returns a clause about how much that was. */
    private static String copy(Path damaged, Connection into) throws SQLException {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + damaged);
                Statement pragma = old.createStatement()) {
            pragma.execute("PRAGMA writable_schema = ON"); // else SQLite reads nothing of a truncated file
            int edition = edition(pragma);
            long rows = TableCopy.copy(old, into, "entry");
            long remembered = TableCopy.copy(old, into, "pruned") + copyTablesOfTheFirstEdition(old, into, edition);
            mark(into, edition);
            return rows + " rows of history and " + remembered + " things remembered could be read, and are kept";
        } catch (NotWrittenException e) {
            throw e;
        } catch (SQLException e) {
            mark(into, JournalFormat.EDITION);
            return "nothing in it can be read (" + e.getMessage().toLowerCase(Locale.ROOT) + ")";
        }
    }

    private static int edition(Statement pragma) throws SQLException {
        try (ResultSet r = pragma.executeQuery("PRAGMA user_version")) {
            return r.next() ? r.getInt(1) : JournalFormat.EDITION;
        }
    }

    private static void mark(Connection into, int edition) throws NotWrittenException {
        try (Statement pragma = into.createStatement()) {
            pragma.execute("PRAGMA user_version = " + edition);
        } catch (SQLException e) {
            throw new NotWrittenException(e);
        }
    }

    private static long copyTablesOfTheFirstEdition(Connection old, Connection into, int edition)
            throws SQLException {
        long copied = 0;
        if (edition < JournalFormat.EDITION) {
            createTablesOfTheFirstEdition(into);
            for (String table : JournalFormat.FIRST_EDITION.keySet()) {
                copied += TableCopy.copy(old, into, table);
            }
        }
        return copied;
    }

    private static void createTablesOfTheFirstEdition(Connection into) throws NotWrittenException {
        try {
            for (var table : JournalFormat.FIRST_EDITION.entrySet()) {
                new JournalSchema(into).run("CREATE TABLE " + table.getKey() + " (" + table.getValue() + ")");
            }
        } catch (SQLException e) {
            throw new NotWrittenException(e);
        }
    }
}
