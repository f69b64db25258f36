package net.reroute.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a chain, in words, and which of it rows tell already. */
final class Findings {

    private Findings() {}

    static String missing(long from, long to) {
        return from == to ? "row " + from + " is missing" : "rows " + from + " to " + to + " are missing";
    }

    static String changed(long row) {
        return "row " + row + " was changed, or the row before it removed";
    }

    /** Rows that tell of damage, and that are told of by the rows missing before them. */
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

    /** Whether one of these tells of a finding, with or without what followed from it. */
    static boolean tells(List<String> told, String finding) {
        return told.stream().anyMatch(t -> t.equals(finding) || t.startsWith(finding + "; "));
    }
}
