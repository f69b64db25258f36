package net.reroute.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import net.reroute.web.Caller.Proof;

/** Login and logout of the page. */
final class SessionHandler {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_ALLOWED = 405;
    private static final int BAD = 400;

    private final Gatekeeper gate;
    private final boolean tls;

    SessionHandler(Gatekeeper gate, boolean tls) {
        this.gate = gate;
        this.tls = tls;
    }

    Reply answer(HttpExchange exchange, byte[] body, Optional<Caller> caller) {
        return switch (exchange.getRequestMethod()) {
            // The mark of a login is told once: cookies go to every port of a host, and so to other programs there.
            case "GET", "HEAD" -> caller.map(c -> who(c, c.proof() == Proof.PROXY))
                    .orElseGet(Gatekeeper::login);
            case "POST" -> login(exchange, body);
            case "DELETE" -> logout(exchange);
            default -> Reply.problem(NOT_ALLOWED, "Method not allowed", "GET, POST or DELETE").with("Allow",
                    "GET, POST, DELETE");
        };
    }

    private Reply who(Caller caller, boolean marked) {
        ObjectNode node = JSON.createObjectNode().put("name", caller.proof() == Proof.NONE ? null : caller.name())
                .put("mayAct", caller.mayAct()).put("proof", caller.proof().name().toLowerCase(Locale.ROOT));
        if (marked) {
            node.put("mark", gate.logins().mark(caller));
        }
        return Reply.json(node);
    }

    private Reply login(HttpExchange exchange, byte[] body) {
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
        JsonNode token;
        try {
            token = JSON.readTree(body).path("token");
        } catch (IOException e) {
            token = JSON.missingNode();
        }
        if (!token.isTextual() || !type.startsWith(Reply.JSON)) {
            return Reply.problem(BAD, "Bad request", "send {\"token\": \"...\"} as application/json");
        }
        Optional<String> session = gate.logins().begin(token.asText().strip());
        if (session.isEmpty() && !gate.mayTry(exchange)) {
            return Gatekeeper.tooMany();
        }
        if (session.isEmpty()) {
            return Reply.problem(401, "Wrong token",
                    "this token is unknown, revoked or expired; 'reroute token' on the daemon's machine lists them");
        }
        return who(gate.logins().bySession(session.get()).orElseThrow(), true).with("Set-Cookie",
                cookie(session.get(), Logins.LASTS.toSeconds()));
    }

    private Reply logout(HttpExchange exchange) {
        Gatekeeper.cookie(exchange.getRequestHeaders()).ifPresent(gate.logins()::end);
        return Reply.json(JSON.createObjectNode().putNull("name")).with("Set-Cookie", cookie("", 0));
    }

    private String cookie(String value, long seconds) {
        return Gatekeeper.COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + seconds
                + (tls ? "; Secure" : "");
    }
}
