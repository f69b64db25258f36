package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is looked at when a journal is opened for writing: whether its end is where the anchor says it was, and whether it is
 * of an earlier version.
 *
 * @param goesOnFrom the row that the next one is chained to
 * @param rows to be written first
 * @param ofThisVersion if it is marked so
 */
record Opening(Head goesOnFrom, List<Draft> rows, boolean ofThisVersion) {

    static final int VERSION = 1;

    static Opening of(Connection db, Path anchorFile) throws SQLException {
        Head newest = newest(db);
        Optional<Head> anchor;
        try {
            anchor = Chain.kept(anchorFile);
        } catch (IOException e) {
            return new Opening(newest, List.of(damage("the anchor of the journal cannot be read (" + e.getMessage()
                    + "); nobody can say whether its newest rows were cut off", newest)), true);
        }
        List<Draft> rows = new ArrayList<>();
        Head head = newest;
        if (anchor.isEmpty() && newest.id() > 0) {
            rows.add(damage("the anchor of the journal is missing; nobody can say whether its newest rows were cut off",
                    newest));
        } else if (anchor.isPresent() && anchor.get().id() > newest.id()) {
            head = anchor.get();
            rows.add(damage("the journal ends at row " + newest.id() + ", and the anchor knows row " + head.id()
                    + ": what was between was cut off, or somebody put back an older file", head));
        } else if (anchor.isPresent() && !knows(db, anchor.get())) {
            rows.add(damage(
                    "row " + anchor.get().id() + " is not the one that the anchor knows: the journal was rewritten",
                    newest));
        }
        if (newest.id() == 0 && head.id() == 0 && holdsWishes(db)) {
            rows.add(damage("the journal has no row, and yet remembers something: its rows were removed", newest));
        }
        boolean ofThisVersion = isOfThisVersion(db, anchorFile, newest);
        if (ofThisVersion) {
            cutHead(db, newest).ifPresent(rows::add);
        } else if (newest.id() > 0) {
            rows.add(earlier(db));
        }
        return new Opening(head, List.copyOf(rows), ofThisVersion);
    }

    /** A row that tells what was found wrong, and which row it is chained to. */
    static Draft damage(String text, Head base) {
        return new Draft(Instant.now(), Verification.DAMAGE, "reroute", "journal", text,
                WishRows.pruned(base, List.of()));
    }

    private static Head newest(Connection db) throws SQLException {
        return JournalReader.head(db, "SELECT id, hash FROM entry UNION ALL SELECT id, hash FROM pruned"
                + " ORDER BY id DESC LIMIT 1").orElse(Chain.NOTHING);
    }

    private static boolean knows(Connection db, Head anchor) throws SQLException {
        return anchor.id() == 0 || JournalReader.head(db, "SELECT id, hash FROM entry WHERE id = ?"
                + " UNION ALL SELECT id, hash FROM pruned WHERE id = ?", anchor.id(), anchor.id())
                .equals(Optional.of(anchor));
    }

    private static boolean holdsWishes(Connection db) throws SQLException {
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("SELECT count(*) FROM wish")) {
            return r.next() && r.getLong(1) > 0;
        }
    }

    /** Whether it has to be said or made good first. */
    boolean isLate() {
        return !ofThisVersion || !rows.isEmpty();
    }

    private static boolean isOfThisVersion(Connection db, Path anchorFile, Head newest) throws SQLException {
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("PRAGMA user_version")) {
            return r.next() && r.getInt(1) >= VERSION || newest.id() > 0 && Chain.isOfThisFormat(anchorFile);
        } catch (IOException e) {
            return true;
        }
    }

    /** An earlier version kept wishes in a table alone, and told nobody what it forgot: that is made good once. */
    private static Draft earlier(Connection db) throws SQLException {
        return new Draft(Instant.now(), WishRows.PRUNED, "reroute", "journal",
                "an earlier version's journal is gone on with, and its wishes hold",
                WishRows.pruned(Verification.pruned(db).orElse(Chain.NOTHING), new Tables(db).wishes()));
    }

    /** A head that was cut, and a mark set as if it had been forgotten. */
    private static Optional<Draft> cutHead(Connection db, Head newest) throws SQLException {
        Optional<Head> pruned = Verification.pruned(db);
        if (pruned.isEmpty() || Verification.linked(db, WishRows.ROWS).stream()
                .anyMatch(r -> WishRows.prunes(r.entry()).equals(pruned))) {
            return Optional.empty();
        }
        Draft row = damage("the rows up to " + pruned.get().id() + " are missing, and no row tells that they were"
                + " forgotten", newest);
        boolean told = JournalReader.rows(db, "WHERE kind = ?", Verification.DAMAGE).stream()
                .anyMatch(e -> e.text().equals(row.text()));
        return told ? Optional.empty() : Optional.of(row);
    }
}
