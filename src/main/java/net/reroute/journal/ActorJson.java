package net.reroute.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.reroute.core.Actor;

/** Reads and writes actors as JSON. */
public final class ActorJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ActorJson() {}

    /** The value of "actor" in the detail of a row. */
    public static ObjectNode of(Actor actor) {
        ObjectNode node = JSON.createObjectNode();
        return switch (actor) {
            case Actor.Human human -> node.put("kind", "human").put("login", human.login()).put("via", human.via());
            case Actor.Playbook playbook -> node.put("kind", "playbook").put("name", playbook.name());
            case Actor.Drill drill -> node.put("kind", "drill").put("of", drill.of());
            case Actor.Program program -> node.put("kind", "program");
        };
    }

    /**
     * Reads an actor.
     *
     * @param node of any kind; if it is not an actor, {@code who} decides
     * @param who the row's column "actor", the only source in older rows
     */
    public static Actor read(JsonNode node, String who) {
        return switch (node.path("kind").asText()) {
            case "human" -> new Actor.Human(node.path("login").asText(), node.path("via").asText());
            case "playbook" -> new Actor.Playbook(node.path("name").asText());
            case "drill" -> new Actor.Drill(node.path("of").asText());
            case "program" -> new Actor.Program();
            default -> ofOldRow(who);
        };
    }

    /**
     * @param text JSON; null in older rows
     * @param who the row's column "actor"
     */
    static Actor read(String text, String who) {
        try {
            return text == null ? ofOldRow(who) : read(JSON.readTree(text), who);
        } catch (JsonProcessingException e) {
            return ofOldRow(who);
        }
    }

    /** From the name in an older row. A person named "reroute" cannot be told from the program there. */
    private static Actor ofOldRow(String who) {
        if (who.equals("reroute")) {
            return new Actor.Program();
        }
        if (who.startsWith("playbook ")) {
            return new Actor.Playbook(who.substring("playbook ".length()));
        }
        return who.startsWith("drill by ")
                ? new Actor.Drill(who.substring("drill by ".length()))
                : new Actor.Human(who, "");
    }
}
