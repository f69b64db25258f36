package net.reroute.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import net.reroute.core.Channel.Format;

/** A message as JSON. */
final class Payload {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What only happened is no alert that anybody ends. */
    private static final Duration SHORT = Duration.ofMinutes(5);

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
        for (QueuedAlert item : message.items()) {
            Alert alert = item.alert();
            ObjectNode event = events.addObject().put("id", item.id()).put("at", alert.at().toString())
                    .put("event", alert.event()).put("severity", word(alert.severity()))
                    .put("state", word(alert.state()))
                    .put("since", item.since().toString()).put("text", alert.text());
            ObjectNode facts = event.putObject("facts");
            alert.facts().forEach((name, value) -> {
                if (!name.equals("text")) {
                    facts.put(name, value);
                }
            });
        }
        return root;
    }

    /** As Slack, Mattermost and others take it: one text, in which three characters have a meaning of their own. */
    private static ObjectNode slack(Message message) {
        String text = "*" + message.subject() + "*\n" + String.join("\n", message.lines());
        return JSON.createObjectNode().put("text",
                text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    /** As POST /api/v2/alerts of Alertmanager takes it; what is over has the same labels as when it began. */
    private static ArrayNode alerts(Message message) {
        ArrayNode alerts = JSON.createArrayNode();
        for (QueuedAlert item : message.items()) {
            Alert alert = item.alert();
            ObjectNode posted = alerts.addObject();
            ObjectNode labels = posted.putObject("labels").put("alertname", "reroute-" + alert.event())
                    .put("severity", word(alert.severity()));
            alert.about().forEach(labels::put);
            posted.putObject("annotations").put("summary", alert.text());
            posted.put("startsAt", item.since().toString());
            switch (alert.state()) {
                case INFO -> posted.put("endsAt", alert.at().plus(SHORT).toString());
                case RESOLVED -> posted.put("endsAt", alert.at().toString());
                case FIRING -> posted.put("endsAt", alert.at().plus(Duration.ofDays(7)).toString());
            }
        }
        return alerts;
    }

    private static String word(Enum<?> of) {
        return of.name().toLowerCase(Locale.ROOT);
    }
}
