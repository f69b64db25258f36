package net.reroute.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.Text;

/**
 * The report of a drill.
 *
 * @param at when it began
 * @param by the admin or playbook that asked for it, and why
 * @param result pass, fail or shadow
 * @param why one sentence
 * @param phases milliseconds by name
 * @param moves one sentence for each move
 * @param probes what was asked meanwhile and the result, by service
 */
record DrillReport(String server, Instant at, String by, Grade result, String why, Map<String, Double> phases,
        List<String> moves, Map<String, String> probes) {

    enum Grade {
        PASS, FAIL, SHADOW
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 78;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z")
            .withZone(ZoneId.systemDefault());
    private static final Map<String, String> MEANING = Map.of("away", "until every service was off it", "there",
            "watched at the other servers", "back", "until every service was back");

    /** @param before earlier drills of the same server, the newest first */
    List<String> lines(List<DrillReport> before) {
        List<String> lines = new ArrayList<>();
        lines.add("drill of " + server + ": " + result);
        lines.add(TIME.format(at) + ", " + by);
        lines.add("");
        lines.addAll(Text.wrap(why, WIDTH));
        if (!phases.isEmpty()) {
            lines.add("");
            lines.add("  phase        ms    the last " + before.size());
            phases.forEach((name, ms) -> lines.add("  %-6s %8.1f    %-18s %s".formatted(name, ms, range(name, before),
                    MEANING.getOrDefault(name, "")).stripTrailing()));
        }
        if (!probes.isEmpty()) {
            lines.add("");
            probes.forEach((service, text) -> lines.addAll(indented(service + ": " + text)));
        }
        if (!moves.isEmpty()) {
            lines.add("");
            moves.forEach(move -> lines.addAll(indented(move)));
        }
        return lines;
    }

    private static List<String> indented(String text) {
        List<String> wrapped = Text.wrap(text, WIDTH - 4);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add((i == 0 ? "  " : "    ") + wrapped.get(i));
        }
        return lines;
    }

    private static String range(String phase, List<DrillReport> before) {
        List<Double> past = before.stream().filter(r -> r.phases().containsKey(phase)).map(r -> r.phases().get(phase))
                .sorted().toList();
        return past.isEmpty() ? "-" : "%.1f to %.1f".formatted(past.getFirst(), past.getLast());
    }

    ObjectNode json() {
        ObjectNode node = JSON.createObjectNode().put("server", server).put("at", at.toString()).put("by", by)
                .put("result", result.name().toLowerCase(java.util.Locale.ROOT)).put("why", why);
        ObjectNode milliseconds = node.putObject("milliseconds");
        phases.forEach(milliseconds::put);
        ArrayNode done = node.putArray("moves");
        moves.forEach(done::add);
        ObjectNode probed = node.putObject("probes");
        probes.forEach(probed::put);
        return node;
    }

    /** @throws IllegalArgumentException if the text is no report */
    static DrillReport read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            Map<String, Double> phases = new LinkedHashMap<>();
            node.path("milliseconds").properties().forEach(e -> phases.put(e.getKey(), e.getValue().asDouble()));
            List<String> moves = new ArrayList<>();
            node.path("moves").forEach(m -> moves.add(m.asText()));
            Map<String, String> probes = new LinkedHashMap<>();
            node.path("probes").properties().forEach(e -> probes.put(e.getKey(), e.getValue().asText()));
            return new DrillReport(node.path("server").asText(), Instant.parse(node.path("at").asText()),
                    node.path("by").asText(),
                    Grade.valueOf(node.path("result").asText().toUpperCase(java.util.Locale.ROOT)),
                    node.path("why").asText(), phases, moves, probes);
        } catch (java.io.IOException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("no report of a drill: " + e.getMessage(), e);
        }
    }
}
