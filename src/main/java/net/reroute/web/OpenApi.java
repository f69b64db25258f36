package net.reroute.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The OpenAPI 3.1 document, made from the table of routes. */
final class OpenApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApi() {}

    static ObjectNode of(List<Route> routes, String version) {
        ObjectNode root = JSON.createObjectNode().put("openapi", "3.1.0");
        root.putObject("info").put("title", "reroute").put("version", version).put("description",
                "The commands of reroute over HTTP. Answers are those of --json, see docs/json.md.");
        root.putArray("servers").addObject().put("url", "/api/v1");
        ObjectNode paths = root.putObject("paths");
        routes.forEach(r -> add(paths, r));
        ObjectNode components = root.putObject("components");
        ObjectNode problem = components.putObject("schemas").putObject("Problem").put("type", "object");
        ObjectNode properties = problem.putObject("properties");
        properties.putObject("type").put("type", "string");
        properties.putObject("title").put("type", "string");
        properties.putObject("status").put("type", "integer");
        properties.putObject("detail").put("type", "string");
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("token").put("type", "http").put("scheme", "bearer");
        schemes.putObject("session").put("type", "apiKey").put("in", "cookie").put("name", Gatekeeper.COOKIE);
        return root;
    }

    private static void add(ObjectNode paths, Route route) {
        ObjectNode path = paths.has(route.path())
                ? (ObjectNode) paths.get(route.path())
                : paths.putObject(route.path());
        ObjectNode operation = path.putObject(route.method().toLowerCase(Locale.ROOT)).put("summary",
                route.summary()).put("operationId", id(route));
        ArrayNode parameters = operation.putArray("parameters");
        for (String part : route.path().split("/")) {
            if (part.startsWith("{")) {
                parameters.addObject().put("name", part.substring(1, part.length() - 1)).put("in", "path")
                        .put("required", true).putObject("schema").put("type", "string");
            }
        }
        route.query().forEach(q -> parameters.addObject().put("name", q.name()).put("in", "query")
                .put("description", q.meaning()).putObject("schema").put("type", q.type()));
        if (route.acts()) {
            parameters.addObject().put("name", "Idempotency-Key").put("in", "header")
                    .put("description", "sent again with the same key, the request is not carried out again")
                    .putObject("schema").put("type", "string").put("maxLength", 200);
            body(operation, route);
            ArrayNode security = operation.putArray("security");
            security.addObject().putArray("token");
            security.addObject().putArray("session");
        }
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("200").put("description", "as --json of the command").putObject("content")
                .putObject(Reply.JSON).putObject("schema");
        responses.putObject("default").put("description", "RFC 9457").putObject("content")
                .putObject("application/problem+json").putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
    }

    private static String id(Route route) {
        return route.method().toLowerCase(Locale.ROOT) + route.path().replaceAll("[{}]", "").replace('/', '_');
    }

    private static void body(ObjectNode operation, Route route) {
        ObjectNode schema = operation.putObject("requestBody").putObject("content").putObject(Reply.JSON)
                .putObject("schema").put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        route.fields().forEach(f -> {
            ObjectNode field = properties.putObject(f.name()).put("description", f.meaning());
            if (f.type().equals("array")) {
                field.put("type", "array").putObject("items").put("type", "string");
            } else {
                field.put("type", f.type());
            }
            if (f.required()) {
                required.add(f.name());
            }
        });
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }
}
