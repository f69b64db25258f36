package net.reroute.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import net.reroute.core.Channel.Format;

/** A message as JSON. */
final class Payload {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** An event without an end is shown this long. */
    private static final Duration SHORT = Duration.ofMinutes(5);

    private static final Duration LONG = Duration.ofDays(7);

    private Payload() {}

    static String of(Format format, String channel, Message message) {
        return switch (format) {
            case JSON -> own(channel, message).toString();
            case SLACK -> slack(message).toString();
            case ALERTMANAGER -> alerts(message).toString();
        };
    }

    static ObjectNode own(String channel, Message message) {
        ObjectNode root = JSON.createObjectNode().put("id", message.id()).put("channel", channel)
                .put("severity", word(message.severity())).put("subject", message.subject());
        ArrayNode events = root.putArray("events");
        message.items().forEach(item -> event(events.addObject(), item));
        return root;
    }

    private static void event(ObjectNode event, QueuedAlert item) {
        Alert alert = item.alert();
        event.put("id", item.id()).put("at", alert.at().toString()).put("event", alert.event())
                .put("severity", word(alert.severity())).put("state", word(alert.state()))
                .put("since", item.since().toString()).put("text", alert.text());
        ObjectNode facts = event.putObject("facts");
        alert.facts().forEach((name, value) -> {
            if (!name.equals("text")) {
                facts.put(name, value);
            }
        });
    }

    /** As Slack, Mattermost and others accept it: one text, in which three characters are escaped. */
    private static ObjectNode slack(Message message) {
        String text = "*" + message.subject() + "*\n" + String.join("\n", message.lines());
        return JSON.createObjectNode().put("text",
                text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    /** As POST /api/v2/alerts of Alertmanager accepts it; a resolved alert has the same labels as before. */
    private static ArrayNode alerts(Message message) {
        ArrayNode alerts = JSON.createArrayNode();
        message.items().forEach(item -> alert(alerts.addObject(), item));
        return alerts;
    }

    private static void alert(ObjectNode posted, QueuedAlert item) {
        Alert alert = item.alert();
        ObjectNode labels = posted.putObject("labels").put("alertname", "reroute-" + alert.event())
                .put("severity", word(alert.severity()));
        alert.about().forEach(labels::put);
        posted.putObject("annotations").put("summary", alert.text());
        posted.put("startsAt", item.since().toString());
        Instant ends = switch (alert.state()) {
            case INFO -> alert.at().plus(SHORT);
            case RESOLVED -> alert.at();
            case FIRING -> alert.at().plus(LONG);
        };
        posted.put("endsAt", ends.toString());
    }

    private static String word(Enum<?> of) {
        return of.name().toLowerCase(Locale.ROOT);
    }
}
