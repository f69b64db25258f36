package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What is done with a damaged database: it is set aside as it is, and what can be read of it goes into a new one. A damaged
 * journal is no reason to protect nobody.
 */
final class Rescue {

    /** SQLITE_CORRUPT and SQLITE_NOTADB, sqlite.org/rescode.html. */
    private static final List<Integer> DAMAGED = List.of(11, 26);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
            .withZone(ZoneOffset.UTC);
    private static final List<String> FILES = List.of("", "-wal", "-shm");
    /** A bad page hides some rows; this far behind the last one that was read the next try begins, then twice as far. */
    private static final int STEP = 8;
    /** Where the last row cannot be found: more rows than any table has. */
    private static final long UNKNOWN = 1L << 30;

    private Rescue() {}

    static boolean isDamage(SQLException e) {
        return DAMAGED.contains(e.getErrorCode() & 0xff);
    }

    /** Moves a database aside, and returns its new name. */
    static Path setAside(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(Instant.now()));
        for (String part : FILES) {
            Path from = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(from)) {
                Files.move(from, aside.resolveSibling(aside.getFileName() + part));
            }
        }
        return aside;
    }

    static void remove(Path file) throws IOException {
        for (String part : FILES) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
        }
    }

    /** The new database cannot be written: that is no damage of the old one. */
    private static final class NotWrittenException extends SQLException {

        private static final long serialVersionUID = 1;

        NotWrittenException(SQLException e) {
            super(e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
        }
    }

    /**
     * Copies all that can be read.
     *
     * @param into with the same tables, empty
     * @throws SQLException if it cannot be written
     * @return in words, how much that was
     */
    static String copy(Path from, Connection into) throws SQLException {
        long rows = 0;
        long others = 0;
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + from);
                Statement pragma = old.createStatement()) {
            pragma.execute("PRAGMA writable_schema = ON"); // else a file that was cut is not read at all
            for (String table : Tables.names()) {
                long copied = copy(table, old, into);
                rows += table.equals("entry") ? copied : 0;
                others += table.equals("entry") ? 0 : copied;
            }
        } catch (NotWrittenException e) {
            throw e;
        } catch (SQLException e) {
            if (rows + others == 0) {
                return "nothing in it can be read (" + e.getMessage().toLowerCase(Locale.ROOT) + ")";
            }
        }
        return rows + " rows of history and " + others + " things remembered could be read, and are kept";
    }

    private static long copy(String table, Connection old, Connection into) throws NotWrittenException {
        long most = most(table, old);
        long copied = 0;
        long from = Long.MIN_VALUE;
        long step = STEP;
        while (from <= most) {
            Part part = part(table, from, old, into);
            copied += part.copied();
            if (part.whole()) {
                return copied;
            }
            step = part.copied() > 0 ? STEP : step * 2;
            from = Math.max(Math.max(from, 0), part.last()) + step;
        }
        return copied;
    }

    /**
     * @param last rowid that was read
     * @param whole if nothing went wrong after it
     */
    private record Part(long copied, long last, boolean whole) {}

    private static Part part(String table, long from, Connection old, Connection into) throws NotWrittenException {
        long copied = 0;
        long last = from;
        try (Statement read = old.createStatement();
                ResultSet rows = read.executeQuery("SELECT rowid, * FROM " + table + " WHERE rowid >= " + from
                        + " ORDER BY rowid")) {
            List<String> columns = columns(rows.getMetaData());
            try (PreparedStatement write = into.prepareStatement("INSERT OR IGNORE INTO " + table + " ("
                    + String.join(", ", columns) + ") VALUES ("
                    + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")")) {
                while (rows.next()) {
                    for (int i = 1; i <= columns.size(); i++) {
                        write.setObject(i, rows.getObject(i + 1));
                    }
                    last = rows.getLong(1);
                    copied += written(write);
                }
            }
            return new Part(copied, last, true);
        } catch (NotWrittenException e) {
            throw e;
        } catch (SQLException e) {
            return new Part(copied, last, false);
        }
    }

    private static int written(PreparedStatement write) throws NotWrittenException {
        try {
            return write.executeUpdate();
        } catch (SQLException e) {
            throw new NotWrittenException(e);
        }
    }

    /** Without the rowid, which comes first. */
    private static List<String> columns(ResultSetMetaData of) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 2; i <= of.getColumnCount(); i++) {
            names.add(of.getColumnName(i));
        }
        return names;
    }

    private static long most(String table, Connection old) {
        try (Statement read = old.createStatement();
                ResultSet row = read.executeQuery("SELECT rowid FROM " + table + " ORDER BY rowid DESC LIMIT 1")) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            return UNKNOWN;
        }
    }
}
