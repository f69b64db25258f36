package net.reroute.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.NotificationRule.Severity;

/**
 * An alert in the queue of a channel.
 *
 * @param id of this item, unique
 * @param channel that sends it
 * @param rule that chose the channel; empty: a playbook did
 * @param since when the problem began, for a resolved alert; else when it happened
 * @param message the message that contains it, once that was tried
 */
record QueuedAlert(String id, String channel, String rule, Alert alert, Instant since, Optional<String> message) {

    private static final ObjectMapper JSON = new ObjectMapper();

    QueuedAlert in(String messageId) {
        return new QueuedAlert(id, channel, rule, alert, since, Optional.of(messageId));
    }

    String json() {
        ObjectNode node = JSON.createObjectNode().put("channel", channel).put("rule", rule)
                .put("at", alert.at().toString()).put("event", alert.event()).put("severity", alert.severity().name())
                .put("state", alert.state().name()).put("text", alert.text()).put("since", since.toString());
        message.ifPresent(m -> node.put("message", m));
        ObjectNode facts = node.putObject("facts");
        alert.facts().forEach(facts::put);
        return node.toString();
    }

    /** @throws IllegalArgumentException if that is not what {@link #json} wrote */
    static QueuedAlert read(String id, String json) {
        try {
            JsonNode node = JSON.readTree(json);
            Map<String, String> facts = new HashMap<>();
            node.path("facts").properties().forEach(e -> facts.put(e.getKey(), e.getValue().asText()));
            Alert alert = new Alert(Instant.parse(node.path("at").asText()), node.path("event").asText(),
                    Severity.valueOf(node.path("severity").asText()),
                    Alert.Phase.valueOf(node.path("state").asText()), node.path("text").asText(), facts);
            return new QueuedAlert(id, node.path("channel").asText(), node.path("rule").asText(), alert,
                    Instant.parse(node.path("since").asText()),
                    node.has("message") ? Optional.of(node.path("message").asText()) : Optional.empty());
        } catch (JsonProcessingException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("an item of the outbox is damaged: " + json, e);
        }
    }
}
