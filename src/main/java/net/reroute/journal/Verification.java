package net.reroute.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Verifies the chain from its first row to its last. Compares it with the anchor and other stored heads. */
final class Verification {

    /** The most findings that are returned. */
    private static final int MOST = 20;
    private static final int MOST_KEPT = 100_000;
    private static final Pattern TELLS = Pattern.compile("^row \\d+ tells that something was wrong then");

    private final List<String> findings = new ArrayList<>();
    private final Map<Long, String> known = new HashMap<>();
    private Head at;
    private boolean pruneSaid;
    private Optional<Head> pruned = Optional.empty();

    private Verification(List<Head> heads) {
        heads.forEach(h -> known.put(h.id(), h.hash()));
    }

    /**
     * Verifies the chain. Changes the auto-commit mode of the connection meanwhile.
     *
     * @param anchor beside the journal; empty if it is missing
     * @param elsewhere heads that were stored in other places
     */
    static Verified of(Connection db, Optional<Head> anchor, List<Head> elsewhere) throws SQLException {
        Verification walk = walk(db, anchor, elsewhere);
        return new Verified(walk.pruned.orElse(Chain.NOTHING).id() + 1, walk.at,
                walk.findings.stream().limit(MOST).toList());
    }

    private static Verification walk(Connection db, Optional<Head> anchor, List<Head> elsewhere) throws SQLException {
        List<Head> heads = new ArrayList<>(elsewhere);
        anchor.ifPresent(heads::add);
        db.setAutoCommit(false); // one snapshot, even if rows are written or forgotten meanwhile
        Verification walk = new Verification(heads);
        walk.pruned = RowQueries.pruned(db);
        walk.at = walk.pruned.orElse(Chain.NOTHING);
        long first = walk.at.id() + 1;
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("SELECT * FROM entry ORDER BY id")) {
            while (r.next()) {
                walk.row(RowQueries.row(r), RowQueries.text(r, "hash"));
            }
        }
        db.setAutoCommit(true);
        walk.ends(anchor, first, heads);
        return walk;
    }

    private void row(JournalRow row, String hash) {
        if (row.id() != at.id() + 1) {
            find(Findings.missing(at.id() + 1, row.id() - 1));
            at = RowQueries.head(row).filter(h -> h.id() == row.id() - 1).orElse(null);
        }
        // After a gap the hash before is unknown, unless the row names it.
        if (at != null && !Chain.hash(at.hash(), row).equals(hash)) {
            find(Findings.changed(row.id()));
        }
        String elsewhere = known.get(row.id());
        if (elsewhere != null && !elsewhere.equals(hash)) {
            find("rows up to " + row.id() + " were rewritten: the anchor knows another hash");
        }
        if (row.kind().equals(JournalFormat.DAMAGE)) {
            find("row " + row.id() + " tells that something was wrong then: " + row.text());
        }
        pruneSaid |= pruned.isPresent() && RowQueries.prunes(row).filter(pruned.get()::equals).isPresent();
        at = new Head(row.id(), hash);
    }

    private void ends(Optional<Head> anchor, long first, List<Head> heads) {
        if (pruned.isPresent() && !pruneSaid) {
            find("the rows up to " + pruned.get().id() + " are missing, and no row tells that they were forgotten");
        }
        if (anchor.isEmpty() && (at.id() > 0 || first > 1)) {
            find("the anchor beside the journal is missing: nobody can say whether the newest rows were cut off");
        }
        long newest = heads.stream().mapToLong(Head::id).max().orElse(0);
        if (at.id() < newest) {
            find("the rows from " + (at.id() + 1) + " to " + newest + " were cut off");
        }
    }

    private void find(String finding) {
        if (findings.size() < MOST_KEPT) {
            findings.add(finding);
        }
    }

    /** The findings that no row contains yet, at most 20. */
    static List<String> untold(Connection db, Optional<Head> anchor) throws SQLException {
        List<String> told = Findings.told(db);
        return walk(db, anchor, List.of()).findings.stream()
                .filter(f -> !TELLS.matcher(f).find() && !Findings.tells(told, f)).limit(MOST).toList();
    }
}
