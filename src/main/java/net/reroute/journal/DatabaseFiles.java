package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The files of a database, and their replacement by a new database. The damaged database is moved aside only once the
 * new one is complete and closed.
 */
final class DatabaseFiles {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
            .withZone(ZoneOffset.UTC);
    /** The database itself and the files that SQLite keeps beside it. */
    private static final List<String> PARTS = List.of("", "-wal", "-shm", "-journal");
    private static final String NEW = ".new";

    private DatabaseFiles() {}

    /** The path for a damaged database that is set aside now. */
    static Path aside(Path file) {
        return aside(file, "damaged");
    }

    /** @param why one word */
    static Path aside(Path file, String why) {
        return with(file, "." + why + "-" + STAMP.format(Instant.now()));
    }

    /** The path for the new database. Deletes files of an earlier attempt. */
    static Path beside(Path file) throws IOException {
        Path next = with(file, NEW);
        for (String part : PARTS) {
            Files.deleteIfExists(with(next, part));
        }
        return next;
    }

    /** Moves the old database aside, and the new one into its place. */
    static void exchange(Path file, Path aside) throws IOException {
        for (String part : PARTS) {
            Path from = with(file, part);
            if (Files.exists(from)) {
                Files.move(from, with(aside, part));
            }
        }
        Files.move(with(file, NEW), file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Completes an exchange that was interrupted: if the old database is gone, the new one is complete.
     *
     * @return true if there was one
     */
    static boolean resume(Path file) throws IOException {
        boolean interrupted = !Files.exists(file) && Files.exists(with(file, NEW));
        if (interrupted) {
            exchange(file, aside(file));
        }
        return interrupted;
    }

    /** Puts another database in the place of one that is closed, and keeps that beside it. */
    static void replace(Path file, Path other, AnchorFile anchor) throws SQLException {
        try {
            if (!resume(file)) {
                Files.copy(other, beside(file));
                exchange(file, aside(file, "replaced"));
            }
            Files.deleteIfExists(anchor.path());
            try (Connection look = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                anchor.keep(Opening.newest(look));
            }
        } catch (IOException e) {
            throw new SQLException("it cannot be replaced by that of the leader: " + e.getMessage(), e);
        }
    }

    private static Path with(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
