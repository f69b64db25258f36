package net.reroute.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.reroute.core.Text;

/** The tables of a journal: the rows, and the last forgotten row. All methods run in the caller's transaction. */
final class JournalSchema {

    static final List<String> NAMES = List.of("entry", "pruned");

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,"
                    + " actor TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, detail TEXT NOT NULL,"
                    + " hash TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS pruned (one INTEGER PRIMARY KEY CHECK (one = 1), id INTEGER, hash TEXT)",
            // Of the first edition. No intent is looked up by an index, which might be forged.
            "DROP INDEX IF EXISTS entry_wish", "DROP INDEX IF EXISTS entry_obeyed");

    private final Connection db;

    JournalSchema(Connection db) {
        this.db = db;
    }

    /**
     * Checks that the tables are real tables: a view may be endless, and a trigger acts by itself.
     *
     * @throws SQLException with the code of damage, if they are not
     */
    void requireTables() throws SQLException {
        query("SELECT type, name FROM sqlite_master", r -> {
            String type = String.valueOf(r.getString("type"));
            String name = r.getString("name");
            if (type.equals("trigger")
                    || !type.equals("table")
                            && (NAMES.contains(name) || JournalFormat.FIRST_EDITION.containsKey(name))) {
                throw new SQLException("it holds a " + type + " '" + Text.one(String.valueOf(name))
                        + "', which is not ours", "", Damage.CORRUPT);
            }
        });
    }

    void create() throws SQLException {
        requireTables();
        for (String table : SCHEMA) {
            run(table);
        }
    }

    /** Called after a migration: the state in these tables is now in a row. */
    void dropThoseOfTheFirstEdition() throws SQLException {
        for (String table : JournalFormat.FIRST_EDITION.keySet()) {
            run("DROP TABLE IF EXISTS " + table);
        }
    }

    /** The names of a table's columns; empty if there is no such table. */
    Set<String> columns(String table) throws SQLException {
        Set<String> columns = new HashSet<>();
        query("PRAGMA table_info(" + table + ")", r -> columns.add(r.getString("name")));
        return columns;
    }

    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    void query(String query, RowReader reader) throws SQLException {
        try (Statement statement = db.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** Returns the number of rows affected. */
    int run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
