package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Wish;

/**
 * What is looked at when a journal is opened for writing: whether it follows from where the anchor says it ended, and whether
 * it is of an earlier version.
 *
 * @param goesOnFrom the row that the next one is chained to
 * @param rows to be written first
 * @param marked if it is marked as of this version, and as one that had rows where it has some
 */
record Opening(Head goesOnFrom, List<Draft> rows, boolean marked) {

    static final int VERSION = 1;
    /** Of a database that has had a row, for whoever removes them all: "rero" in ASCII, as PRAGMA application_id. */
    static final int HAD_ROWS = 0x7265726f;

    /** What was found, and what follows for the rows that are obeyed. */
    private record Finding(String text, List<Linked.Gap> gaps, List<Linked.Doubt> doubts) {

        static Finding of(String text) {
            return new Finding(text, List.of(), List.of());
        }

        static Finding doubting(String text, long from) {
            return new Finding(text, List.of(), List.of(new Linked.Doubt(from, Long.MAX_VALUE)));
        }

        Draft row(Head base) {
            return damage(text, base, gaps, doubts.stream()
                    .map(d -> new Linked.Doubt(d.from(), d.from() >= Head.MOST ? d.to() : base.id())).toList());
        }
    }

    static Opening of(Connection db, Path anchorFile) throws SQLException {
        Head newest = newest(db);
        Head head = newest;
        List<Finding> findings = new ArrayList<>();
        try {
            Optional<Head> anchor = Chain.kept(anchorFile);
            if (anchor.isPresent() && anchor.get().id() > newest.id()) {
                head = anchor.get();
            }
            end(db, anchor, newest).ifPresent(findings::add);
        } catch (IOException e) {
            findings.add(Finding.of("the anchor of the journal cannot be read (" + e.getMessage()
                    + "); nobody can say whether its newest rows were cut off"));
        }
        boolean hadRows = number(db, "PRAGMA application_id") == HAD_ROWS;
        if (head.id() == 0 && (hadRows || number(db, "SELECT count(*) FROM wish") > 0)) {
            findings.add(Finding.of("the journal has no row, and yet had some or remembers something: its rows were"
                    + " removed"));
        }
        strange(db).ifPresent(findings::add);
        boolean ofThisVersion = isOfThisVersion(db, anchorFile, newest);
        if (ofThisVersion) {
            cutHead(db).ifPresent(findings::add);
        }
        Head base = head;
        List<Draft> rows = new ArrayList<>(findings.stream().map(f -> f.row(base)).toList());
        if (!ofThisVersion && newest.id() > 0) {
            rows.add(earlier(db));
        }
        boolean marked = number(db, "PRAGMA user_version") >= VERSION && (newest.id() == 0 || hadRows);
        return new Opening(head, List.copyOf(rows), marked);
    }

    /** Whether it must be written to before all else. */
    boolean isLate() {
        return !marked || !rows.isEmpty();
    }

    /** The texts of what was found wrong. */
    List<String> complaints() {
        return rows.stream().filter(r -> r.kind().equals(Verification.DAMAGE)).map(Draft::text).toList();
    }

    /** A row that tells what was found wrong, and which row it is chained to. */
    static Draft damage(String text, Head base, List<Linked.Gap> gaps, List<Linked.Doubt> doubts) {
        return new Draft(Instant.now(), Verification.DAMAGE, "reroute", "journal", text,
                new Linked.Damage(base, gaps, doubts).detail());
    }

    /** The row with the highest number; where its hash is none, what follows is chained to no hash at all. */
    static Head newest(Connection db) throws SQLException {
        try (Statement s = db.createStatement();
                ResultSet r = s.executeQuery("SELECT id, hash FROM entry WHERE id < " + Head.MOST
                        + " UNION ALL SELECT id, hash FROM pruned WHERE id < " + Head.MOST
                        + " ORDER BY id DESC LIMIT 1")) {
            if (!r.next() || r.getLong(1) < 1) {
                return Chain.NOTHING;
            }
            long id = r.getLong(1);
            return Head.of(id, r.getString(2)).orElse(new Head(id, Chain.START));
        }
    }

    /** What is wrong between the row that the anchor knows and the newest. */
    private static Optional<Finding> end(Connection db, Optional<Head> anchor, Head newest) throws SQLException {
        if (anchor.isEmpty()) {
            return newest.id() == 0
                    ? Optional.empty()
                    : Optional.of(Finding.of("the anchor of the journal is missing; nobody can say whether its newest"
                            + " rows were cut off"));
        }
        Head known = anchor.get();
        if (known.id() > newest.id()) {
            return Optional.of(new Finding("the journal ends at row " + newest.id() + ", and the anchor knows row "
                    + known.id() + ": what was between was cut off, or somebody put back an older file",
                    List.of(new Linked.Gap(newest.id(), known.id() + 1)), List.of()));
        }
        if (!knows(db, known)) {
            return Optional.of(Finding.doubting("row " + known.id()
                    + " is not the one that the anchor knows: the journal was rewritten", known.id()));
        }
        return Linked.firstUnchained(db, known)
                .map(gap -> new Finding("row " + gap.from() + " does not follow from row "
                        + gap.after() + ": it was changed, or rows before it were removed", List.of(gap),
                        List.of(new Linked.Doubt(gap.from(), Long.MAX_VALUE))));
    }

    private static boolean knows(Connection db, Head anchor) throws SQLException {
        return anchor.id() == 0 || JournalReader.head(db, "SELECT id, hash FROM entry WHERE id = ?"
                + " UNION ALL SELECT id, hash FROM pruned WHERE id = ?", anchor.id(), anchor.id())
                .equals(Optional.of(anchor));
    }

    private static long number(Connection db, String query) throws SQLException {
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery(query)) {
            return r.next() ? r.getLong(1) : 0;
        }
    }

    /** Rows of the kinds that only this version writes tell as well as the mark, which is easily taken off. */
    private static boolean isOfThisVersion(Connection db, Path anchorFile, Head newest) throws SQLException {
        try {
            return number(db, "PRAGMA user_version") >= VERSION
                    || number(db, "PRAGMA application_id") == HAD_ROWS
                    || newest.id() > 0 && Chain.isOfThisFormat(anchorFile)
                    || Linked.of(db).stream().anyMatch(r -> !r.entry().kind().equals(WishRows.WISH));
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * An earlier version kept wishes in a table alone, and told nobody what it forgot: that is made good once. The table
     * is believed where it tells of a time whose rows were forgotten; of a later time the rows tell.
     */
    private static Draft earlier(Connection db) throws SQLException {
        Map<Wish.Id, Wish> wishes = new LinkedHashMap<>();
        Optional<Head> pruned = Verification.pruned(db);
        if (pruned.isPresent()) {
            Instant first = JournalReader.rows(db, "ORDER BY id LIMIT 1").stream().findFirst().map(Entry::at)
                    .orElse(Instant.MAX);
            new Tables(db).wishes().stream().filter(w -> !w.by().at().isAfter(first))
                    .forEach(w -> wishes.put(w.id(), w));
        }
        WishRows.of(db).wishes().forEach(w -> wishes.put(w.id(), w));
        return new Draft(Instant.now(), WishRows.PRUNED, "reroute", "journal",
                "an earlier version's journal is gone on with, and its wishes hold",
                WishRows.pruned(pruned.orElse(Chain.NOTHING), wishes.values()));
    }

    /** A head that was cut, and a mark set as if it had been forgotten. */
    private static Optional<Finding> cutHead(Connection db) throws SQLException {
        List<Linked> rows = Linked.of(db);
        Optional<Head> pruned = Verification.pruned(db);
        if (pruned.isEmpty() || rows.stream().filter(Linked::holds)
                .anyMatch(r -> WishRows.prunes(r.entry()).equals(pruned))) {
            return Optional.empty();
        }
        return untold(rows,
                Finding.of("the rows up to " + pruned.get().id() + " are missing, and no row tells that they"
                        + " were forgotten"));
    }

    /** Rows with numbers that no row can have yet. */
    private static Optional<Finding> strange(Connection db) throws SQLException {
        long count = number(db, "SELECT count(*) FROM entry WHERE id >= " + Head.MOST + " OR id < 1");
        return count == 0
                ? Optional.empty()
                : untold(Linked.of(db), Finding.doubting(count + " rows have numbers that no row of a journal has: "
                        + "somebody else wrote them", Head.MOST));
    }

    private static Optional<Finding> untold(List<Linked> rows, Finding finding) {
        return rows.stream().anyMatch(r -> r.holds() && r.entry().kind().equals(Verification.DAMAGE)
                && r.entry().text().equals(finding.text))
                        ? Optional.empty()
                        : Optional.of(finding);
    }
}
