package net.reroute.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

/** Walks the chain from its first row to its last. */
final class Verification {

    private Verification() {}

    /** The first thing that is wrong. */
    static Optional<String> of(Connection db, Chain.Head anchor) throws SQLException {
        Chain.Head at = start(db);
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("SELECT * FROM entry ORDER BY id")) {
            while (r.next()) {
                Entry entry = entry(r);
                if (entry.id() != at.id() + 1) {
                    return Optional.of("row " + (at.id() + 1) + " is missing");
                }
                String hash = Chain.hash(at.hash(), entry);
                if (!hash.equals(r.getString("hash"))) {
                    return Optional.of("row " + entry.id() + " was changed, or the row before it removed");
                }
                if (entry.id() == anchor.id() && !hash.equals(anchor.hash())) {
                    return Optional.of("rows up to " + entry.id() + " were rewritten: the anchor knows another hash");
                }
                at = new Chain.Head(entry.id(), hash);
            }
        }
        return at.id() < anchor.id()
                ? Optional.of("the rows from " + (at.id() + 1) + " to " + anchor.id() + " were cut off")
                : Optional.empty();
    }

    private static Chain.Head start(Connection db) throws SQLException {
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery("SELECT id, hash FROM pruned")) {
            return r.next() ? new Chain.Head(r.getLong(1), r.getString(2)) : new Chain.Head(0, Chain.START);
        }
    }

    static Entry entry(ResultSet r) throws SQLException {
        return new Entry(r.getLong("id"), Instant.parse(r.getString("at")), r.getString("kind"), r.getString("actor"),
                r.getString("subject"), r.getString("text"), r.getString("detail"));
    }
}
