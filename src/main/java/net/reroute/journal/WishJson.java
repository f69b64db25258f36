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

    public static ObjectNode of(Intent wish) {
        ObjectNode node = JSON.createObjectNode();
        node.put("kind", wish.kind().name()).put("key", wish.key()).put("server", wish.server());
        node.put("who", wish.by().who()).put("why", wish.by().why()).put("at", wish.by().at().toString());
        node.set("actor", ActorJson.of(wish.by().actor()));
        wish.until().ifPresent(u -> node.put("until", u.toString()));
        wish.from().ifPresent(f -> node.put("from", f.toString()));
        return node.put("stay", wish.stay());
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
