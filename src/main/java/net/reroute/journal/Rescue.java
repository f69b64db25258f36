package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is done with a damaged database: what can be read of it goes into a new one beside it, and only when that is whole is
 * the damaged one set aside, as it is, and the new one put in its place. A damaged journal is no reason to protect nobody.
 */
final class Rescue {

    /** SQLITE_CORRUPT and SQLITE_NOTADB, sqlite.org/rescode.html; and SQLITE_ERROR: its tables are not ours. */
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
            .withZone(ZoneOffset.UTC);
    private static final List<String> FILES = List.of("", "-wal", "-shm", "-journal");
    private static final String NEW = ".new";
    /** Behind what cannot be read, so many places are tried one after the other before larger steps are taken. */
    private static final int EACH = 20_000;

    private final Connection old;
    private final Connection into;

    private Rescue(Connection old, Connection into) {
        this.old = old;
        this.into = into;
    }

    /** The new name of a database that is set aside now. */
    static Path aside(Path file) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(Instant.now()));
    }

    /** Where the new one is begun; nothing is there. */
    static Path beside(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + NEW);
        for (String part : FILES) {
            Files.deleteIfExists(next.resolveSibling(next.getFileName() + part));
        }
        return next;
    }

    /** Puts the new one, which is whole and closed, where the old one is, and the old one aside. */
    static void exchange(Path file, Path aside) throws IOException {
        for (String part : FILES) {
            Path from = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(from)) {
                Files.move(from, aside.resolveSibling(aside.getFileName() + part));
            }
        }
        Files.move(file.resolveSibling(file.getFileName() + NEW), file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Ends what was cut off in the middle of an exchange: the new one is whole if the old one has gone.
     *
     * @return whether anything was
     */
    static boolean resume(Path file) throws IOException {
        boolean cutOff = !Files.exists(file) && Files.exists(file.resolveSibling(file.getFileName() + NEW));
        if (cutOff) {
            exchange(file, aside(file));
        }
        return cutOff;
    }

    /** The new database cannot be written: that is no damage of the old one. */
    private static final class NotWrittenException extends SQLException {

        private static final long serialVersionUID = 1;

        NotWrittenException(SQLException e) {
            super(e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
        }
    }

    /**
     * Copies all that can be read, and which version it is of.
     *
     * @param into with the same tables, empty
     * @throws SQLException if it cannot be written
     * @return in words, how much that was
     */
    static String copy(Path from, Connection into) throws SQLException {
        long rows = 0;
        long others = 0;
        int version = Format.EDITION;
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + from);
                Statement pragma = old.createStatement()) {
            pragma.execute("PRAGMA writable_schema = ON"); // else a file that was cut is not read at all
            try (ResultSet r = pragma.executeQuery("PRAGMA user_version")) {
                version = r.next() ? r.getInt(1) : version;
            }
            Rescue rescue = new Rescue(old, into);
            List<String> tables = new ArrayList<>(JournalSchema.NAMES);
            if (version < Format.EDITION) {
                rescue.prepareTheFirstEdition();
                tables.addAll(Format.FIRST_EDITION.keySet());
            }
            for (String table : tables) {
                long copied = rescue.copy(table);
                rows += table.equals("entry") ? copied : 0;
                others += table.equals("entry") ? 0 : copied;
            }
            mark(into, version);
            return rows + " rows of history and " + others + " things remembered could be read, and are kept";
        } catch (NotWrittenException e) {
            throw e;
        } catch (SQLException e) {
            mark(into, Format.EDITION);
            return "nothing in it can be read (" + e.getMessage().toLowerCase(Locale.ROOT) + ")";
        }
    }

    private static void mark(Connection into, int version) throws NotWrittenException {
        try (Statement pragma = into.createStatement()) {
            pragma.execute("PRAGMA user_version = " + version);
        } catch (SQLException e) {
            throw new NotWrittenException(e);
        }
    }

    private void prepareTheFirstEdition() throws NotWrittenException {
        try {
            for (var table : Format.FIRST_EDITION.entrySet()) {
                new JournalSchema(into).run("CREATE TABLE " + table.getKey() + " (" + table.getValue() + ")");
            }
        } catch (SQLException e) {
            throw new NotWrittenException(e);
        }
    }

    private long copy(String table) throws SQLException {
        List<String> columns = new ArrayList<>(columns(into, table));
        columns.retainAll(isView(table) ? Set.of() : columns(old, table));
        long copied = 0;
        long from = 1;
        while (!columns.isEmpty() && from < Head.MOST) {
            Part part = part(table, columns, from);
            copied += part.copied();
            if (part.whole()) {
                break;
            }
            from = readable(table, columns, part.next());
        }
        return copied;
    }

    /**
     * @param next the first place that was not read
     * @param whole if nothing went wrong there
     */
    private record Part(long copied, long next, boolean whole) {}

    private Part part(String table, List<String> columns, long from) throws NotWrittenException {
        long copied = 0;
        long next = from;
        try (PreparedStatement write = into.prepareStatement("INSERT OR IGNORE INTO " + table + " ("
                + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")");
                Statement read = old.createStatement();
                ResultSet rows = read.executeQuery(select(table, columns, from))) {
            while (rows.next()) {
                for (int i = 1; i <= columns.size(); i++) {
                    write.setObject(i, rows.getObject(i + 1));
                }
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

    private static String select(String table, List<String> columns, long from) {
        return "SELECT rowid, " + String.join(", ", columns) + " FROM " + table + " WHERE rowid >= " + from
                + " AND rowid < " + Head.MOST + " ORDER BY rowid";
    }

    /** The first place behind one that cannot be read from where reading can go on; far behind all rows if there is none. */
    private long readable(String table, List<String> columns, long bad) {
        long last = bad;
        for (int tried = 1; tried <= EACH; tried++) {
            last = bad + tried;
            if (isReadable(table, columns, last)) {
                return last;
            }
        }
        long step = EACH;
        while (last < Head.MOST && !isReadable(table, columns, last + step)) {
            last += step;
            step *= 2;
        }
        long good = last + step;
        while (good - last > 1) {
            long middle = last + (good - last) / 2;
            if (isReadable(table, columns, middle)) {
                good = middle;
            } else {
                last = middle;
            }
        }
        return good;
    }

    private boolean isReadable(String table, List<String> columns, long from) {
        try (Statement read = old.createStatement();
                ResultSet rows = read.executeQuery(select(table, columns, from) + " LIMIT 1")) {
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

    /** What only looks like a table may have no end. */
    private boolean isView(String table) {
        try (PreparedStatement s = old
                .prepareStatement("SELECT 1 FROM sqlite_master WHERE name = ? AND type <> 'table'")) {
            s.setString(1, table);
            try (ResultSet r = s.executeQuery()) {
                return r.next();
            }
        } catch (SQLException e) {
            return false; // it will show when it is read
        }
    }

    private static int written(PreparedStatement write) throws NotWrittenException {
        try {
            return write.executeUpdate();
        } catch (SQLException e) {
            throw new NotWrittenException(e);
        }
    }

    /** Of a table; empty if there is no such table. */
    private static Set<String> columns(Connection db, String table) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("PRAGMA table_info(" + table + ")")) {
            while (r.next()) {
                names.add(r.getString("name"));
            }
        }
        return names;
    }
}
