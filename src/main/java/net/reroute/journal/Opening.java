package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Milestone.DamageFound;
import net.reroute.core.Milestone.RowsForgotten;
import net.reroute.core.Milestone.StateSaid;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import net.reroute.core.Text;

/**
 * The examination of a journal that is opened for writing: whether it ends where the anchor says, and which edition it
 * is.
 *
 * @param goesOnFrom the row to chain the next one to
 * @param rows to write first: findings, and a migration
 * @param trust the trusted state before these rows
 * @param marked true if it has the mark of this edition and, if it has rows, {@link JournalFormat#HAD_ROWS}
 */
record Opening(Head goesOnFrom, List<PendingRow> rows, Trust trust, boolean marked) {

    /** Examines a database whose tables exist. */
    static Opening of(Connection db, Path anchorFile) throws SQLException {
        Head newest = newest(db);
        List<String> findings = new ArrayList<>();
        Optional<Head> anchor = anchor(anchorFile, findings);
        boolean hadRows = RowQueries.number(db, "PRAGMA application_id") == JournalFormat.HAD_ROWS;
        Head head = anchor.filter(a -> a.id() > newest.id()).orElse(newest);
        if (findings.isEmpty()) {
            againstAnchor(db, anchor, newest).ifPresent(findings::add);
        }
        if (head.id() == 0 && (hadRows || remembers(db))) {
            findings.add("the journal has no row, and yet had some or remembers something: its rows were removed");
        }
        int edition = Edition.of(db, anchorFile, newest);
        Trust trust = Edition.trust(db, anchor, edition);
        findings.addAll(trust.findings());
        strange(db).ifPresent(findings::add);
        if (edition > 0) {
            cutHead(db).ifPresent(findings::add);
        }
        List<PendingRow> rows = damage(findings, head, trust);
        if (edition < JournalFormat.EDITION && (newest.id() > 0 || !trust.state().equals(RecordedState.NOTHING))) {
            rows.add(migrated(db, edition, head, trust.state()));
        }
        boolean marked = RowQueries.number(db, "PRAGMA user_version") >= JournalFormat.EDITION
                && (newest.id() == 0 || hadRows);
        return new Opening(head, List.copyOf(rows), trust, marked);
    }

    private static List<PendingRow> damage(List<String> findings, Head head, Trust trust) {
        List<PendingRow> rows = new ArrayList<>();
        for (String finding : findings) {
            rows.add(damage(finding + (rows.isEmpty() ? trust.consequence() : ""), head, trust.state()));
        }
        return rows;
    }

    /** Compares the newest rows with the anchor; empty if they agree. */
    private static Optional<String> againstAnchor(Connection db, Optional<Head> anchor, Head newest)
            throws SQLException {
        if (anchor.isEmpty()) {
            return newest.id() == 0
                    ? Optional.empty()
                    : Optional.of("the anchor of the journal is missing; nobody can say whether its newest rows were"
                            + " cut off");
        }
        if (anchor.get().id() > newest.id()) {
            return Optional.of("the journal ends at row " + newest.id() + ", and the anchor knows row "
                    + anchor.get().id() + ": what was between was cut off, or somebody put back an older file");
        }
        return knows(db, anchor.get())
                ? Optional.empty()
                : Optional.of("row " + newest.id() + " is not the one that the anchor knows: the journal was"
                        + " rewritten");
    }

    private static Optional<Head> anchor(Path file, List<String> findings) {
        try {
            return Chain.kept(file);
        } catch (IOException e) {
            findings.add("the anchor of the journal cannot be read (" + Text.one(String.valueOf(e.getMessage()))
                    + "); nobody can say whether its newest rows were cut off");
            return Optional.empty();
        }
    }

    /** True if rows or marks must be written first. */
    boolean isLate() {
        return !marked || !rows.isEmpty();
    }

    /** The row to read the state from: the newest with the whole state. Rows that are written first have it. */
    long begins() {
        return rows.isEmpty() ? trust.begins() : goesOnFrom.id();
    }

    /** The findings among the rows to write. */
    List<String> complaints() {
        return rows.stream().map(PendingRow::record).filter(DamageFound.class::isInstance).map(Record::text).toList();
    }

    /**
     * The row for a finding.
     *
     * @param base the row that it is chained to
     * @param state after that row
     */
    static PendingRow damage(String text, Head base, RecordedState state) {
        return PendingRow.now(new DamageFound(base.id(), base.hash(), state, text));
    }

    /** The row with the highest number. If its hash is not valid, the next row is chained to {@link Chain#START}. */
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

    static boolean knows(Connection db, Head anchor) throws SQLException {
        return anchor.id() == 0 || RowQueries.head(db, "SELECT id, hash FROM entry WHERE id = ?"
                + " UNION ALL SELECT id, hash FROM pruned WHERE id = ?", anchor.id(), anchor.id())
                .equals(Optional.of(anchor));
    }

    /** True if table "wish" of the first edition has entries. */
    private static boolean remembers(Connection db) throws SQLException {
        return !new JournalSchema(db).columns("wish").isEmpty()
                && RowQueries.number(db, "SELECT count(*) FROM wish") > 0;
    }

    private static PendingRow migrated(Connection db, int edition, Head head, RecordedState state) throws SQLException {
        String text = "a journal of the first edition is gone on with, and all that it remembers holds";
        if (edition > 0) {
            return PendingRow.now(new StateSaid(head.id(), head.hash(), state, text));
        }
        Head forgotten = RowQueries.pruned(db).orElse(Chain.NOTHING);
        return PendingRow.now(new RowsForgotten(forgotten.id(), forgotten.hash(), state, text));
    }

    /** A finding if the oldest rows are missing, and only the table says that they were forgotten. */
    private static Optional<String> cutHead(Connection db) throws SQLException {
        Optional<Head> pruned = RowQueries.pruned(db);
        return pruned.isEmpty() || isToldOf(db, pruned)
                ? Optional.empty()
                : untold(db, "the rows up to " + pruned.get().id()
                        + " are missing, and no row tells that they were forgotten");
    }

    /** Searches from the newest row: the row in question is among the last few, however long the history is. */
    private static boolean isToldOf(Connection db, Optional<Head> pruned) throws SQLException {
        try (Statement s = db.createStatement();
                ResultSet r = s
                        .executeQuery("SELECT * FROM entry NOT INDEXED WHERE kind = 'pruned' ORDER BY id DESC")) {
            while (r.next()) {
                if (RowQueries.prunes(RowQueries.row(r)).equals(pruned)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A finding if rows have impossible numbers. */
    private static Optional<String> strange(Connection db) throws SQLException {
        long count = RowQueries.number(db, "SELECT count(*) FROM entry WHERE id >= " + Head.MOST + " OR id < 1");
        return count == 0
                ? Optional.empty()
                : untold(db, count + " rows have numbers that no row of a journal has: somebody else wrote them");
    }

    private static Optional<String> untold(Connection db, String finding) throws SQLException {
        return Findings.tells(Findings.told(db), finding) ? Optional.empty() : Optional.of(finding);
    }
}
