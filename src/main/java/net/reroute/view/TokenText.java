package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import net.reroute.core.AccessToken;

/** Tokens, as text and as JSON; never their secrets or hashes. */
public final class TokenText {

    private TokenText() {}

    public static List<String> lines(List<AccessToken> tokens, Instant now, Style style) {
        Table table = new Table("TOKEN", "MAY", "UNTIL", "MADE");
        tokens.forEach(t -> table.row(t.name(), t.readOnly() ? "read" : "act", until(t, now, style),
                MomentText.text(t.at()) + " by " + t.by()));
        return table.isEmpty()
                ? List.of("there are no tokens; 'reroute token add NAME' makes one, for the page and the API")
                : table.lines(style);
    }

    private static String until(AccessToken token, Instant now, Style style) {
        String until = token.until().map(MomentText::text).orElse("revoked");
        return token.isOver(now) ? style.yellow(until + " (over)") : until;
    }

    public static ArrayNode json(List<AccessToken> tokens) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        tokens.forEach(t -> array.add(json(t)));
        return array;
    }

    public static ObjectNode json(AccessToken token) {
        return JsonNodeFactory.instance.objectNode().put("name", token.name()).put("readOnly", token.readOnly())
                .put("until", token.until().map(Instant::toString).orElse(null)).put("by", token.by())
                .put("at", token.at().toString());
    }
}
