package net.reroute.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Instants;

/** Reads rows from a database that may contain anything. */
final class RowQueries {

    private RowQueries() {}

    /** The last row that a row declares forgotten; empty if the row is of another kind. */
    static Optional<Head> prunes(JournalRow row) {
        return row.kind().equals(JournalFormat.PRUNED) ? head(row) : Optional.empty();
    }

    /** The head that a row with the whole state names; empty in other rows. */
    static Optional<Head> head(JournalRow row) {
        try {
            JsonNode detail = Json.MAPPER.readTree(row.detail());
            return detail.has("upTo")
                    ? Optional.of(new Head(detail.path("upTo").asLong(), detail.path("hash").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The last forgotten row, as table "pruned" has it. */
    static Optional<Head> pruned(Connection db) throws SQLException {
        return head(db, "SELECT id, hash FROM pruned");
    }

    /** Reads a row. A time that cannot be read becomes the epoch; the hash will then not fit. */
    static JournalRow row(ResultSet r) throws SQLException {
        return new JournalRow(r.getLong("id"), at(r), text(r, "kind"), text(r, "actor"), text(r, "subject"),
                text(r, "text"), text(r, "detail"));
    }

    static Instant at(ResultSet r) throws SQLException {
        return Instants.read(text(r, "at")).orElse(Instant.EPOCH);
    }

    static String text(ResultSet r, String column) throws SQLException {
        String text = r.getString(column);
        return text == null ? "" : text;
    }

    /** The first valid head that a query for id and hash returns. */
    static Optional<Head> head(Connection db, String query, Object... values) throws SQLException {
        try (PreparedStatement s = db.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    Optional<Head> head = Head.of(r.getLong(1), r.getString(2));
                    if (head.isPresent()) {
                        return head;
                    }
                }
                return Optional.empty();
            }
        }
    }

    static List<JournalRow> rows(Connection db, String where, String... values) throws SQLException {
        List<JournalRow> rows = new ArrayList<>();
        try (PreparedStatement s = db.prepareStatement("SELECT * FROM entry " + where)) {
            for (int i = 0; i < values.length; i++) {
                s.setString(i + 1, values[i]);
            }
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    rows.add(row(r));
                }
            }
        }
        return rows;
    }

    /** The number that a query returns; 0 if it returns no row. */
    static long number(Connection db, String query) throws SQLException {
        try (Statement s = db.createStatement(); ResultSet r = s.executeQuery(query)) {
            return r.next() ? r.getLong(1) : 0;
        }
    }
}
