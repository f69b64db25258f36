package net.reroute.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.reroute.core.Instants;

/** Walks the chain from its first row to its last, and says all that is wrong with it. */
final class Verification {

    /** The daemon's own finding that something was wrong when it started; names the row that it goes on from. */
    static final String DAMAGE = "damage";
    static final String PRUNED = "pruned";
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
     * Verifies.
     *
     * @param anchor kept beside the journal; empty if it is not there
     * @param elsewhere heads that were sent to other places in time
     */
    static Verified of(Connection db, Optional<Head> anchor, List<Head> elsewhere) throws SQLException {
        Verification walk = walk(db, anchor, elsewhere);
        return new Verified(walk.pruned.orElse(Chain.NOTHING).id() + 1, walk.at,
                walk.findings.stream().limit(MOST).toList());
    }

    private static Verification walk(Connection db, Optional<Head> anchor, List<Head> elsewhere) throws SQLException {
        List<Head> heads = new ArrayList<>(elsewhere);
        anchor.ifPresent(heads::add);
        db.setAutoCommit(false); // one picture, whatever is written or forgotten meanwhile
        Verification walk = new Verification(heads);
        walk.pruned = pruned(db);
        walk.at = walk.pruned.orElse(Chain.NOTHING);
        long first = walk.at.id() + 1;
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("SELECT * FROM entry ORDER BY id")) {
            while (r.next()) {
                walk.row(entry(r), text(r, "hash"));
            }
        }
        db.setAutoCommit(true);
        walk.ends(anchor, first, heads);
        return walk;
    }

    private void row(Entry entry, String hash) {
        if (entry.id() != at.id() + 1) {
            find(missing(at.id() + 1, entry.id() - 1));
            at = head(entry).filter(h -> h.id() == entry.id() - 1).orElse(null);
        }
        // After a gap nobody knows what the row was chained to, unless it says so itself.
        if (at != null && !Chain.hash(at.hash(), entry).equals(hash)) {
            find(changed(entry.id()));
        }
        String elsewhere = known.get(entry.id());
        if (elsewhere != null && !elsewhere.equals(hash)) {
            find("rows up to " + entry.id() + " were rewritten: the anchor knows another hash");
        }
        if (entry.kind().equals(DAMAGE)) {
            find("row " + entry.id() + " tells that something was wrong then: " + entry.text());
        }
        pruneSaid |= pruned.isPresent() && prunes(entry).filter(pruned.get()::equals).isPresent();
        at = new Head(entry.id(), hash);
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

    /** Up to where a row forgets; empty if it is none that does. */
    static Optional<Head> prunes(Entry entry) {
        return entry.kind().equals(PRUNED) ? head(entry) : Optional.empty();
    }

    /** The head that a row names, which says all that is so there. */
    static Optional<Head> head(Entry entry) {
        try {
            JsonNode detail = RecordJson.MAPPER.readTree(entry.detail());
            return detail.has("upTo")
                    ? Optional.of(new Head(detail.path("upTo").asLong(), detail.path("hash").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The last row that was forgotten. */
    static Optional<Head> pruned(Connection db) throws SQLException {
        return JournalReader.head(db, "SELECT id, hash FROM pruned");
    }

    /** What is wrong and no row tells of. */
    static List<String> untold(Connection db, Optional<Head> anchor) throws SQLException {
        List<String> told = Trust.told(db);
        return walk(db, anchor, List.of()).findings.stream()
                .filter(f -> !TELLS.matcher(f).find() && !Trust.tells(told, f)).limit(MOST).toList();
    }

    static String missing(long from, long to) {
        return from == to ? "row " + from + " is missing" : "rows " + from + " to " + to + " are missing";
    }

    static String changed(long row) {
        return "row " + row + " was changed, or the row before it removed";
    }

    /** A row whose time cannot be read is shown as the oldest; its hash will not fit. */
    static Entry entry(ResultSet r) throws SQLException {
        return new Entry(r.getLong("id"), Instants.read(text(r, "at")).orElse(Instant.EPOCH), text(r, "kind"),
                text(r, "actor"),
                text(r, "subject"), text(r, "text"), text(r, "detail"));
    }

    static String text(ResultSet r, String column) throws SQLException {
        String text = r.getString(column);
        return text == null ? "" : text;
    }
}
