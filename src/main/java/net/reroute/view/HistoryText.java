package net.reroute.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.reroute.journal.JournalRow;
import net.reroute.operations.HistoryReport;
import net.reroute.operations.VerificationReport;

/** Rows of the journal, as text and as JSON. */
public final class HistoryText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HistoryText() {}

    /** @param since how far back, as the caller wrote it */
    public static List<String> lines(HistoryReport history, String since, Style style) {
        Table table = new Table("TIME", "WHO", "WHAT", "");
        history.rows().stream().filter(e -> !e.kind().equals("begun")).forEach(
                e -> table.row(MomentText.exact(e.at()), e.actor(), e.kind(), text(e)));
        return table.isEmpty()
                ? List.of("nothing stands in the journal for the last " + since)
                : table.lines(style);
    }

    private static String text(JournalRow e) {
        boolean named = !e.kind().equals("play") && e.text().contains(e.subject());
        return e.subject().isEmpty() || named ? e.text() : e.subject() + ": " + e.text();
    }

    /** @throws JsonProcessingException if the detail of a row is not JSON */
    public static ArrayNode json(HistoryReport history) throws JsonProcessingException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JournalRow row : history.rows()) {
            array.add(json(row));
        }
        return array;
    }

    private static ObjectNode json(JournalRow e) throws JsonProcessingException {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", e.id()).put("at", e.at().toString())
                .put("kind", e.kind()).put("who", e.actor()).put("subject", e.subject()).put("text", e.text());
        JsonNode detail = e.detail().isEmpty() ? JsonNodeFactory.instance.nullNode() : JSON.readTree(e.detail());
        return node.set("detail", detail);
    }

    /** Whether the journal is complete and unchanged. */
    public static List<String> lines(VerificationReport report, Style style) {
        var verified = report.verified();
        if (!verified.findings().isEmpty()) {
            return verified.findings().stream().map(f -> style.red("the journal is not whole: " + f)).toList();
        }
        boolean alone = report.anchors() == 0;
        String whole = "the journal is whole: rows " + verified.first() + " to " + verified.last().id()
                + " follow from one another, and "
                + (alone ? "the anchor beside them agrees" : report.anchors() + " anchors from elsewhere agree");
        return alone
                ? List.of(whole, "(an account that may write there can rebuild all of it; 'anchor:' in the inventory's"
                        + " settings sends its head elsewhere)")
                : List.of(whole);
    }
}
