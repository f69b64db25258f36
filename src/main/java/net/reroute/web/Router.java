package net.reroute.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what a request is for. */
final class Router implements AutoCloseable {

    private static final String API = "/api/v1";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE");
    private static final int NOT_ALLOWED = 405;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Backend backend;
    private final Gatekeeper gate;
    private final Work work;
    private final Assets assets = new Assets();
    private final SessionHandler sessions;
    private final ApiHandler api;
    private final byte[] document;
    private final Events events;
    private final LivePage page;

    Router(Backend backend, Gatekeeper gate, Work work, boolean tls, Runnable first) {
        this.backend = backend;
        this.gate = gate;
        this.work = work;
        this.sessions = new SessionHandler(gate, tls);
        ApiDesk desk = new ApiDesk(backend);
        List<Route> routes = desk.routes();
        this.api = new ApiHandler(desk, gate, work, routes);
        this.document = Reply.bytes(OpenApi.of(routes, backend.version()));
        this.events = new Events(backend);
        this.page = new LivePage(backend, events::isWatched, events::send, first);
    }

    /** The answer; empty if the connection is kept for events. */
    Optional<Reply> answer(HttpExchange exchange, byte[] body) throws IOException {
        Optional<Reply> objection = gate.objection(exchange);
        if (objection.isPresent()) {
            return objection;
        }
        String method = exchange.getRequestMethod();
        if (!METHODS.contains(method)) {
            return Optional.of(Reply.problem(NOT_ALLOWED, "Method not allowed", "GET, HEAD, POST or DELETE")
                    .with("Allow", "GET, HEAD, POST, DELETE"));
        }
        String path = Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("");
        if (path.startsWith("/health/")) {
            return Optional.of(health(path));
        }
        Optional<Caller> caller = gate.caller(exchange);
        if (!gate.mayAsk(exchange, caller)) {
            return Optional.of(Gatekeeper.tooMany());
        }
        Optional<Reply> open = open(exchange, path);
        if (open.isPresent()) {
            return open;
        }
        if (gate.isForeign(exchange)) {
            return Optional.of(Gatekeeper.foreign());
        }
        if (path.equals(API + "/session")) {
            return Optional.of(sessions.answer(exchange, body, caller));
        }
        if (caller.isEmpty()) {
            boolean wrong = exchange.getRequestHeaders().containsKey("Authorization");
            return Optional.of(wrong && !gate.mayTry(exchange) ? Gatekeeper.tooMany() : Gatekeeper.login());
        }
        if (path.equals(API + "/events") && method.equals("GET")) {
            Optional<Reply> refused = events.open(exchange, caller.get(),
                    () -> gate.caller(exchange).equals(caller));
            page.wake();
            return refused;
        }
        return Optional.of(known(exchange, path, body, caller.get()));
    }

    /** What needs no login: it tells nothing about this network. */
    private Optional<Reply> open(HttpExchange exchange, String path) {
        boolean reads = Set.of("GET", "HEAD").contains(exchange.getRequestMethod());
        return reads ? assets.get(path, exchange.getRequestHeaders().getFirst("If-None-Match")) : Optional.empty();
    }

    private Reply health(String path) {
        Optional<String> why = switch (path) {
            case "/health/live" -> backend.stuck();
            case "/health/ready" -> backend.stuck().or(backend::unready);
            default -> Optional.of("there are /health/live and /health/ready");
        };
        boolean known = path.equals("/health/live") || path.equals("/health/ready");
        return why.map(w -> Reply.problem(known ? UNAVAILABLE : NOT_FOUND, known ? "Not now" : "Not found", w))
                .orElseGet(() -> Reply.json(JSON.createObjectNode().put("status", "ok")));
    }

    private Reply known(HttpExchange exchange, String path, byte[] body, Caller caller) {
        boolean reads = Set.of("GET", "HEAD").contains(exchange.getRequestMethod());
        return switch (path) {
            case "/metrics" -> reads ? work.reading(() -> metrics(exchange)) : notFound();
            case API + "/openapi.json" -> new Reply(200, Reply.JSON, document, Map.of());
            case API + "/state" -> page.whole();
            default -> path.startsWith(API + "/")
                    ? api.answer(exchange, path.substring(API.length()), body, caller)
                    : notFound();
        };
    }

    private static Reply notFound() {
        return Reply.problem(NOT_FOUND, "Not found", "there is nothing here; the page is at /, the API at " + API);
    }

    private Reply metrics(HttpExchange exchange) {
        Backend.Metrics metrics = backend
                .metrics(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept")).orElse(""));
        return new Reply(200, metrics.type(), metrics.body(), Map.of());
    }

    @Override
    public void close() {
        page.close();
        events.close();
    }
}
