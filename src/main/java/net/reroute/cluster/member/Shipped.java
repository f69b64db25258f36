package net.reroute.cluster.member;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.Messages;
import net.reroute.journal.ChainedRow;
import net.reroute.journal.JournalRow;

/** A row on its way to another member, as Messages.JSON. */
public record Shipped(long id, String at, String kind, String actor, String subject, String text, String detail,
        String hash) {

    public static Shipped of(ChainedRow chained) {
        JournalRow row = chained.row();
        return new Shipped(row.id(), row.at().toString(), row.kind(), row.actor(), row.subject(), row.text(),
                row.detail(), chained.hash());
    }

    private ChainedRow row() {
        return new ChainedRow(new JournalRow(id, Instant.parse(at), kind, actor, subject, text, detail), hash);
    }

    /** Reads rows. */
    public static List<ChainedRow> read(JsonNode rows) throws IOException {
        try {
            List<ChainedRow> all = new ArrayList<>();
            for (JsonNode row : rows) {
                all.add(Messages.JSON.treeToValue(row, Shipped.class).row());
            }
            return all;
        } catch (JsonProcessingException | java.time.DateTimeException e) {
            throw new MemberException(400, "a row cannot be read: " + e.getMessage());
        }
    }
}
