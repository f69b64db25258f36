package net.reroute.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Transactions of an open database. Not thread-safe. */
final class SqlSession {

    private final Connection db;
    private boolean durable = true;

    /** @param db as {@link #prepare} leaves it */
    SqlSession(Connection db) {
        this.db = db;
    }

    /** Sets a database up for one writer and many readers. */
    static void prepare(Connection db) throws SQLException {
        try (Statement pragma = db.createStatement()) {
            pragma.execute("PRAGMA journal_mode = WAL");
            pragma.execute("PRAGMA synchronous = FULL");
            pragma.execute("PRAGMA busy_timeout = 2000");
        }
    }

    /** @param onDisk true: what is committed is on the disk */
    void begin(boolean onDisk) throws SQLException {
        if (onDisk != durable) {
            execute("PRAGMA synchronous = " + (onDisk ? "FULL" : "NORMAL"));
            durable = onDisk;
        }
        execute("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    /** On a full disk SQLite may have rolled back already. */
    void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            return;
        }
    }

    /** Moves all rows into the database file, and syncs it. */
    void checkpoint() throws SQLException {
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }
}
