package net.reroute.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import net.reroute.core.Attribution;
import net.reroute.core.Intent;

/** A wish as JSON in a row of the journal. */
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

    public static Intent read(JsonNode node) {
        Attribution by = new Attribution(ActorJson.read(node.path("actor"), node.path("who").asText()),
                node.path("why").asText(),
                Instant.parse(node.path("at").asText()));
        return new Intent(Intent.Kind.valueOf(node.path("kind").asText()), node.path("key").asText(),
                node.path("server").asText(), by, instant(node, "until"), node.path("stay").asBoolean(),
                instant(node, "from"));
    }

    /** The wish that a row's detail holds under a name: "before" or "after"; empty if it holds none there. */
    public static Optional<Intent> in(JsonNode detail, String name) {
        return detail.has(name) ? Optional.of(read(detail.path(name))) : Optional.empty();
    }

    private static Optional<Instant> instant(JsonNode node, String key) {
        return node.has(key) ? Optional.of(Instant.parse(node.path(key).asText())) : Optional.empty();
    }
}
