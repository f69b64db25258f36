package net.reroute.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.reroute.core.Names;
import net.reroute.journal.JournalRow;
import net.reroute.operations.HistoryReport;
import net.reroute.operations.VerificationReport;

/** Rows of the journal, as text and as JSON. */
public final class HistoryText {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Widths of columns. */
    private static final int HOUR = 8;
    private static final int KIND = 13;

    private HistoryText() {}

    /** All kinds that the history shows. */
    private static final Set<String> KINDS = new TreeSet<>(Set.of("wish", "moved", "partly-moved", "not-moved",
            "aligned", "found", "released", "observe", "drift", "missing", "probe-blind", "router-unreachable",
            "router-refused", "router-back", "unwatched", "not-saved", "up", "down", "suspect", "flapping",
            "certificate", "takeover", "takeover-limited", "contested", "address-lost", "two-holders",
            "not-announced", "fenced", "not-released", "flows", "play", "gap", "late", "anchor", "not-told",
            "maintenance", "token", "pruned", "damage"));
    /** Kinds of rows whose words are too long for their column. */
    private static final Map<String, String> SHORT = Map.of("router-unreachable", "unreachable", "router-refused",
            "refused", "router-back", "reachable", "takeover-limited", "limited");

    /**
     * Rows in three columns: at 80 columns, the text has 55.
     *
     * @param since how far back, as the caller wrote it
     * @param of whom, as the caller wrote it; empty: all
     */
    public static List<String> lines(HistoryReport history, String since, List<String> of, Style style) {
        List<String> lines = new ArrayList<>();
        String day = "";
        Table table = null;
        for (JournalRow row : history.rows().stream().filter(e -> !e.kind().equals("begun")).toList()) {
            String[] at = MomentText.exact(row.at()).split(" ");
            if (!at[0].equals(day)) {
                day = at[0];
                add(table, lines, style);
                lines.add(style.bold(day));
                table = new Table(List.of(HOUR, KIND, 0));
            }
            table.row(at[1], SHORT.getOrDefault(row.kind(), row.kind()), text(row));
        }
        add(table, lines, style);
        String about = of.isEmpty()
                ? ""
                : " about " + String.join(", ", of) + "; 'reroute status --all' shows the names";
        return lines.isEmpty() ? List.of("nothing stands in the journal since " + since + about) : lines;
    }

    private static void add(Table table, List<String> lines, Style style) {
        if (table != null) {
            lines.addAll(table.lines(style));
        }
    }

    /** Who did it is said unless the text says so, or it was reroute itself. */
    private static String text(JournalRow row) {
        String sentence = RowText.sentence(row);
        boolean said = row.actor().equals("reroute") || sentence.contains("by " + row.actor());
        return said ? sentence : sentence + " (by " + row.actor() + ")";
    }

    /** A word of the column KIND that no row can have; empty if all are known. */
    public static Optional<String> unknown(List<String> words) {
        return words.stream().filter(w -> !KINDS.contains(w) && !SHORT.containsValue(w)).findFirst()
                .map(w -> "there is no kind '" + w + "'" + Names.didYouMean(w, KINDS) + "; there are "
                        + String.join(", ", KINDS));
    }

    /** Kinds as stored, for words of the column KIND. */
    public static List<String> kinds(List<String> words) {
        return words.stream().flatMap(w -> Stream.concat(Stream.of(w), SHORT.entrySet().stream()
                .filter(e -> e.getValue().equals(w)).map(Map.Entry::getKey))).toList();
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
        ObjectNode node = AttentionJson.row(e).put("brief", RowText.brief(e));
        JsonNode detail = e.detail().isEmpty() ? JsonNodeFactory.instance.nullNode() : JSON.readTree(e.detail());
        return node.set("detail", detail);
    }

    /** Whether the journal is complete and unchanged, as JSON. */
    public static ObjectNode json(VerificationReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("whole", report.verified().findings().isEmpty())
                .put("first", report.verified().first()).put("last", report.verified().last().id())
                .put("anchors", report.anchors());
        report.verified().findings().forEach(node.putArray("findings")::add);
        return node;
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
