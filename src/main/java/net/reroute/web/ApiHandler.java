package net.reroute.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Names;
import net.reroute.web.Call.BadRequestException;

/** Answers requests to the API. */
final class ApiHandler {

    private static final int BAD = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int REFUSED = 409;
    private static final int UNSUPPORTED = 415;
    private static final int UNAVAILABLE = 503;
    private static final int LONGEST_KEY = 200;
    /** The doctor logs in to every router. */
    private static final String FINDINGS = "/findings";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Gatekeeper gate;
    private final List<Route> routes;
    private final Work work;
    private final ApiDesk desk;

    ApiHandler(ApiDesk desk, Gatekeeper gate, Work work, List<Route> routes) {
        this.desk = desk;
        this.gate = gate;
        this.work = work;
        this.routes = routes;
    }

    /**
     * @param path behind /api/v1
     * @param body already read
     */
    Reply answer(HttpExchange exchange, String path, byte[] body, Caller caller) {
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        List<Route> there = routes.stream().filter(r -> r.match(path).isPresent()).toList();
        Optional<Route> route = there.stream().filter(r -> r.method().equals(method)).findFirst();
        if (route.isEmpty()) {
            return there.isEmpty()
                    ? Reply.problem(NOT_FOUND, "Not found", "there is nothing here; /api/v1/openapi.json tells what"
                            + " there is")
                    : notAllowed(there);
        }
        try {
            return answer(exchange, route.get(), new Call(route.get().match(path).orElseThrow(),
                    Query.parse(exchange.getRequestURI().getRawQuery()), body(exchange, route.get(), body), caller));
        } catch (BadRequestException e) {
            return Reply.problem(BAD, "Bad request", e.getMessage());
        } catch (UnsupportedTypeException e) {
            return Reply.problem(UNSUPPORTED, "Unsupported type", "send application/json");
        }
    }

    private static Reply notAllowed(List<Route> there) {
        Set<String> methods = there.stream().map(Route::method).collect(Collectors.toSet());
        return Reply.problem(NOT_ALLOWED, "Method not allowed", "this takes " + String.join(", ", methods))
                .with("Allow", String.join(", ", methods));
    }

    private static JsonNode body(HttpExchange exchange, Route route, byte[] body) {
        if (route.method().equals("GET") || body.length == 0) {
            return JSON.createObjectNode();
        }
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
        if (!type.split(";")[0].strip().equalsIgnoreCase(Reply.JSON)) {
            throw new UnsupportedTypeException();
        }
        try {
            JsonNode node = JSON.readTree(body);
            if (node instanceof ObjectNode object) {
                check(route, object);
                return object;
            }
            throw new BadRequestException("the body is an object");
        } catch (JsonProcessingException e) {
            throw new BadRequestException("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new BadRequestException("the body cannot be read: " + e.getMessage());
        }
    }

    /** A word that is not understood is told: a misspelt "dryRun" must not move anything. */
    private static void check(Route route, ObjectNode body) {
        List<String> known = route.fields().stream().map(Route.Field::name).toList();
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new BadRequestException("unknown field '" + name + "'"
                        + Names.didYouMean(name, known) + "; there are "
                        + String.join(", ", known));
            }
        });
    }

    private static final class UnsupportedTypeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Reply answer(HttpExchange exchange, Route route, Call call) {
        if (!route.acts()) {
            return route.path().equals(FINDINGS)
                    ? work.asking(() -> desk.read(route, call))
                    : work.reading(() -> desk.read(route, call));
        }
        if (call.flag("dryRun")) {
            return work.asking(() -> desk.act(route, call, Optional.empty()));
        }
        Optional<Reply> no = gate.mayNotAct(call.caller(), exchange);
        if (no.isPresent()) {
            return no.get();
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null) {
            return work.acting(() -> desk.act(route, call, Optional.empty()));
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new BadRequestException("an Idempotency-Key has 1 to " + LONGEST_KEY + " characters");
        }
        return work.acting(() -> desk.act(route, call, Optional.of(key)));
    }
}
