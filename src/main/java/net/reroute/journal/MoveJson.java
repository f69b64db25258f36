package net.reroute.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.reroute.core.Decision;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;

/** Reads and writes the end of a move as the detail of a row. */
final class MoveJson {

    private static final String SERVICE = "service";

    private MoveJson() {}

    static ObjectNode of(MoveEnded move) {
        ObjectNode detail = Json.MAPPER.createObjectNode();
        detail.set("actor", ActorJson.of(move.actor()));
        detail.put("decision", word(move.decision()));
        detail.set("from", list(move.from()));
        detail.set("to", list(move.to()));
        ObjectNode phases = detail.putObject("phases");
        move.phases().forEach(phases::put);
        ArrayNode routers = detail.putArray("routers");
        move.routers().forEach(r -> routers.addObject().put("router", r.router()).put("outcome", word(r.kind()))
                .put("answer", r.text()).set("typed", list(r.typed())));
        detail.put("reason", move.reason()).put(SERVICE, move.service());
        return detail;
    }

    /** Reads a record; rows of the first edition have no reason. */
    static MoveEnded read(JournalRow row, JsonNode detail) {
        List<OnRouter> routers = new ArrayList<>();
        detail.path("routers").forEach(r -> routers.add(new OnRouter(r.path("router").asText(),
                Outcome.Kind.valueOf(r.path("outcome").asText().toUpperCase(Locale.ROOT)), r.path("answer").asText(),
                words(r.path("typed")))));
        Map<String, Double> phases = new LinkedHashMap<>();
        detail.path("phases").properties().forEach(e -> phases.put(e.getKey(), e.getValue().asDouble()));
        return new MoveEnded(ActorJson.read(detail.path("actor"), row.actor()),
                detail.path(SERVICE).asText(row.subject()),
                Decision.Kind.valueOf(detail.path("decision").asText().toUpperCase(Locale.ROOT)),
                words(detail.path("from")), words(detail.path("to")), detail.path("reason").asText(), routers, phases);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ArrayNode list(List<String> words) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        words.forEach(array::add);
        return array;
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(w -> words.add(w.asText()));
        return List.copyOf(words);
    }
}
