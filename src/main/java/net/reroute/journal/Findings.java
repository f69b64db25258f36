package net.reroute.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Words the findings about a broken chain, and finds those that the journal contains already. */
final class Findings {

    private Findings() {}

    static String missing(long from, long to) {
        return from == to ? "row " + from + " is missing" : "rows " + from + " to " + to + " are missing";
    }

    static String changed(long row) {
        return "row " + row + " was changed, or the row before it removed";
    }

    /** The findings that rows of the journal contain: their texts, and the gaps before those rows. */
    static List<String> told(Connection db) throws SQLException {
        List<String> told = new ArrayList<>();
        try (Statement s = db.createStatement();
                ResultSet r = s.executeQuery("SELECT *, (SELECT max(id) FROM entry AS e WHERE e.id < entry.id) AS last"
                        + " FROM entry NOT INDEXED WHERE kind = 'damage'")) {
            while (r.next()) {
                told.add(RowQueries.text(r, "text"));
                told.add(missing(r.getLong("last") + 1, r.getLong("id") - 1));
            }
        }
        return told;
    }

    /** True if one of these texts is the finding, with or without its consequence. */
    static boolean tells(List<String> told, String finding) {
        return told.stream().anyMatch(t -> t.equals(finding) || t.startsWith(finding + "; "));
    }
}
