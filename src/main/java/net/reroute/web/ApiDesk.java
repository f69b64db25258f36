package net.reroute.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.UnknownNameException;
import net.reroute.web.Call.BadRequestException;

/**
 * Carries out requests to the API whose callers were let in: here, or at the controller that leads. The gate is that of
 * the controller that was asked.
 */
public final class ApiDesk {

    private static final int BAD = 400;
    private static final int NOT_FOUND = 404;
    private static final int REFUSED = 409;
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Backend backend;
    private final List<Route> routes;
    private final Idempotency idempotency = new Idempotency();

    public ApiDesk(Backend backend) {
        this.backend = backend;
        this.routes = new ApiRoutes(backend.version()).all();
    }

    List<Route> routes() {
        return routes;
    }

    /** Answers a question, about what is known here. */
    Reply read(Route route, Call call) {
        return run(route, call);
    }

    /** @param key of the request; the same request under the same key is carried out once */
    Reply act(Route route, Call call, Optional<String> key) {
        ObjectNode request = JSON.createObjectNode().put("method", route.method()).put("path", route.path())
                .put("key", key.orElse(null));
        request.set("values", JSON.valueToTree(call.path()));
        request.set("query", JSON.valueToTree(call.query()));
        request.set("body", call.body());
        request.set("caller", JSON.createObjectNode().put("name", call.caller().name()).put("proof",
                call.caller().proof().name()));
        try {
            Optional<JsonNode> elsewhere = backend.elsewhere(request);
            return elsewhere.isPresent() ? reply(elsewhere.get()) : here(route, call, key, request);
        } catch (IOException e) {
            return Reply.problem(UNAVAILABLE, "Not now", String.valueOf(e.getMessage()));
        }
    }

    private static Reply reply(JsonNode node) throws IOException {
        return new Reply(node.path("status").asInt(), node.path("type").asText(), node.path("content").binaryValue(),
                Map.of());
    }

    private Reply here(Route route, Call call, Optional<String> key, ObjectNode request) {
        return key.isEmpty()
                ? run(route, call)
                : idempotency.once(call.caller().proof() + " " + call.caller().name(), key.get(), request.toString(),
                        () -> run(route, call));
    }

    /** Carries out a request that another controller has let in. */
    public JsonNode forAnother(JsonNode request) throws IOException {
        Route route = routes.stream().filter(r -> r.method().equals(request.path("method").asText())
                && r.path().equals(request.path("path").asText())).findFirst()
                .orElseThrow(() -> new IOException("this version does not know " + request.path("path").asText()));
        Call call = new Call(JSON.convertValue(request.path("values"), JSON.getTypeFactory()
                .constructMapType(Map.class, String.class, String.class)),
                JSON.convertValue(request.path("query"), JSON.getTypeFactory().constructMapType(Map.class,
                        JSON.constructType(String.class),
                        JSON.getTypeFactory().constructCollectionType(List.class, String.class))),
                request.path("body"), new Caller(request.path("caller").path("name").asText(), true,
                        Caller.Proof.valueOf(request.path("caller").path("proof").asText()), ""));
        Optional<String> key = Optional.ofNullable(request.path("key").textValue());
        Reply reply = here(route, call, key, (ObjectNode) request);
        return JSON.createObjectNode().put("status", reply.status()).put("type", reply.type()).put("content",
                reply.body());
    }

    private Reply run(Route route, Call call) {
        try {
            return route.handler().handle(backend.operations("web " + call.caller().name()), call);
        } catch (BadRequestException e) {
            return Reply.problem(BAD, "Bad request", e.getMessage());
        } catch (UnknownNameException e) {
            return Reply.problem(NOT_FOUND, "Not found", e.getMessage());
        } catch (RequestRefusedException e) {
            return Reply.problem(REFUSED, "Refused", e.getMessage());
        } catch (BadInventoryException e) {
            return Reply.problem(REFUSED, "Bad inventory", e.problems().stream().map(Object::toString)
                    .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            return Reply.problem(UNAVAILABLE, "Not now", String.valueOf(e.getMessage()));
        }
    }
}
