package net.reroute.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import net.reroute.core.Attribution;
import net.reroute.core.Intent;

/** Reads and writes an intent as JSON. Rows of the journal call it a wish. */
public final class WishJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WishJson() {}

    public static ObjectNode of(Intent intent) {
        ObjectNode node = JSON.createObjectNode();
        node.put("kind", intent.kind().name()).put("key", intent.key()).put("server", intent.server());
        node.put("who", intent.by().who()).put("why", intent.by().why()).put("at", intent.by().at().toString());
        node.set("actor", ActorJson.of(intent.by().actor()));
        intent.until().ifPresent(u -> node.put("until", u.toString()));
        intent.from().ifPresent(f -> node.put("from", f.toString()));
        return node.put("stay", intent.stay());
    }

    /**
     * Reads an intent.
     *
     * @throws IllegalArgumentException if the kind is unknown
     * @throws java.time.DateTimeException if a time cannot be read
     */
    public static Intent read(JsonNode node) {
        Attribution by = new Attribution(ActorJson.read(node.path("actor"), node.path("who").asText()),
                node.path("why").asText(),
                Instant.parse(node.path("at").asText()));
        return new Intent(Intent.Kind.valueOf(node.path("kind").asText()), node.path("key").asText(),
                node.path("server").asText(), by, instant(node, "until"), node.path("stay").asBoolean(),
                instant(node, "from"));
    }

    /** The intent in a field of a row's detail, "before" or "after"; empty if there is no such field. */
    public static Optional<Intent> in(JsonNode detail, String name) {
        return detail.has(name) ? Optional.of(read(detail.path(name))) : Optional.empty();
    }

    private static Optional<Instant> instant(JsonNode node, String key) {
        return node.has(key) ? Optional.of(Instant.parse(node.path(key).asText())) : Optional.empty();
    }
}
