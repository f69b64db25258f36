package net.reroute.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Durations;
import net.reroute.operations.OperatorRequest;

/**
 * A request to the API, with its parts checked.
 *
 * @param path values of the path's parameters, by name
 * @param query values by name
 * @param body an object; empty where there is none
 */
record Call(Map<String, String> path, Map<String, List<String>> query, JsonNode body, Caller caller) {

    /** A part of the request is not as it should be; the message says how. */
    static final class BadRequestException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message);
        }
    }

    String inPath(String name) {
        return path.get(name);
    }

    Optional<String> inQuery(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** All values of a parameter; each may be a list with commas. */
    List<String> all(String name) {
        return query.getOrDefault(name, List.of()).stream().flatMap(v -> List.of(v.split(",")).stream())
                .filter(v -> !v.isBlank()).toList();
    }

    boolean flag(String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw new BadRequestException("'" + name + "' is true or false");
        }
        return value.asBoolean(false);
    }

    Optional<String> text(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new BadRequestException("'" + name + "' is a text");
        }
        return Optional.of(value.asText());
    }

    String needed(String name) {
        return text(name).filter(t -> !t.isBlank())
                .orElseThrow(() -> new BadRequestException("'" + name + "' is missing"));
    }

    /** A text, or a list of texts; at least one. */
    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        if (body.path(name) instanceof ArrayNode array) {
            array.forEach(v -> {
                if (!v.isTextual()) {
                    throw new BadRequestException("'" + name + "' is a list of texts");
                }
                all.add(v.asText());
            });
        } else {
            text(name).ifPresent(all::add);
        }
        if (all.isEmpty()) {
            throw new BadRequestException("'" + name + "' is missing");
        }
        return all;
    }

    /** The usual options of a request of an admin. */
    OperatorRequest request() {
        return new OperatorRequest(caller.actor(), text("because").orElse(""), duration("for"), flag("force"),
                flag("dryRun"));
    }

    Optional<Duration> duration(String name) {
        try {
            Optional<Duration> duration = text(name).map(Durations::parse);
            if (duration.filter(Duration::isZero).isPresent()) {
                throw new BadRequestException("'" + name + "': it would be over at once");
            }
            return duration;
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("'" + name + "': " + e.getMessage());
        }
    }
}
