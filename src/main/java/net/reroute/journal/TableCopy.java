package net.reroute.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Copies the readable rows of a table from a damaged database into a new one. Skips rowids that cannot be read. */
final class TableCopy {

    /** How many rowids are tried one by one behind an unreadable one; then the steps double. */
    private static final int ONE_BY_ONE = 20_000;

    private final Connection old;
    private final Connection into;
    private final String table;
    private final List<String> columns;

    private TableCopy(Connection old, Connection into, String table, List<String> columns) {
        this.old = old;
        this.into = into;
        this.table = table;
        this.columns = columns;
    }

    /** The new database cannot be written. This is no damage of the old one. */
    static final class NotWrittenException extends SQLException {

        private static final long serialVersionUID = 1;

        NotWrittenException(SQLException e) {
            super(e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
        }
    }

    /**
     * Copies a table.
     *
     * @param into database with the same table, empty
     * @return number of rows copied
     */
    static long copy(Connection old, Connection into, String table) throws SQLException {
        List<String> columns = new ArrayList<>(new JournalSchema(into).columns(table));
        // A view with the name of a table may be endless.
        columns.retainAll(isView(old, table) ? List.of() : new JournalSchema(old).columns(table));
        return columns.isEmpty() ? 0 : new TableCopy(old, into, table, columns).all();
    }

    private static boolean isView(Connection old, String table) {
        try (PreparedStatement s = old
                .prepareStatement("SELECT 1 FROM sqlite_master WHERE name = ? AND type <> 'table'")) {
            s.setString(1, table);
            try (ResultSet r = s.executeQuery()) {
                return r.next();
            }
        } catch (SQLException e) {
            return false; // then reading the table fails too
        }
    }

    private long all() throws SQLException {
        long copied = 0;
        long from = 1;
        while (from < Head.MOST) {
            Part part = part(from);
            copied += part.copied();
            if (part.whole()) {
                break;
            }
            from = readable(part.next());
        }
        return copied;
    }

    /**
     * A run of rows up to the end, or to the first rowid that cannot be read.
     *
     * @param copied number of rows
     * @param next the first rowid that was not read
     * @param whole true if the end was reached
     */
    private record Part(long copied, long next, boolean whole) {}

    private Part part(long from) throws NotWrittenException {
        long copied = 0;
        long next = from;
        try (PreparedStatement write = into.prepareStatement(insert());
                Statement read = old.createStatement();
                ResultSet rows = read.executeQuery(select(from))) {
            while (rows.next()) {
                bind(write, rows);
                next = rows.getLong(1) + 1;
                copied += written(write);
            }
            return new Part(copied, next, true);
        } catch (NotWrittenException e) {
            throw e;
        } catch (SQLException e) {
            return new Part(copied, next, false);
        }
    }

    private void bind(PreparedStatement write, ResultSet row) throws SQLException {
        for (int i = 1; i <= columns.size(); i++) {
            write.setObject(i, row.getObject(i + 1));
        }
    }

    private static int written(PreparedStatement write) throws NotWrittenException {
        try {
            return write.executeUpdate();
        } catch (SQLException e) {
            throw new NotWrittenException(e);
        }
    }

    private String insert() {
        return "INSERT OR IGNORE INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    private String select(long from) {
        return "SELECT rowid, " + String.join(", ", columns) + " FROM " + table + " WHERE rowid >= " + from
                + " AND rowid < " + Head.MOST + " ORDER BY rowid";
    }

    /** The first readable rowid behind an unreadable one; {@link Head#MOST} or more if there is none. */
    private long readable(long bad) {
        for (int tried = 1; tried <= ONE_BY_ONE; tried++) {
            if (isReadable(bad + tried)) {
                return bad + tried;
            }
        }
        return readableFarBehind(bad + ONE_BY_ONE);
    }

    private long readableFarBehind(long bad) {
        long last = bad;
        long step = ONE_BY_ONE;
        while (last < Head.MOST && !isReadable(last + step)) {
            last += step;
            step *= 2;
        }
        return firstReadable(last, last + step);
    }

    /** Finds the border between an unreadable and a readable rowid by bisection. */
    private long firstReadable(long bad, long good) {
        long last = bad;
        long first = good;
        while (first - last > 1) {
            long middle = last + (first - last) / 2;
            if (isReadable(middle)) {
                first = middle;
            } else {
                last = middle;
            }
        }
        return first;
    }

    private boolean isReadable(long from) {
        try (Statement read = old.createStatement(); ResultSet rows = read.executeQuery(select(from) + " LIMIT 1")) {
            if (rows.next()) {
                for (int i = 1; i <= columns.size() + 1; i++) {
                    rows.getObject(i);
                }
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
