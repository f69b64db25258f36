package net.reroute.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import net.reroute.journal.JournalRow;
import net.reroute.view.PageJson;

/**
 * Server-sent events. "row": a row of the history, with its number as id; a client that comes back with Last-Event-ID
 * gets those that it missed. "state": what changed on the page, without an id.
 */
final class Events implements AutoCloseable {

    private static final int MOST = 250;
    private static final int MISSED = 1000;
    private static final int BUSY = 503;

    private final Backend backend;
    private final List<EventClient> clients = new CopyOnWriteArrayList<>();

    Events(Backend backend) {
        this.backend = backend;
        backend.listen(rows -> rows.forEach(this::told));
    }

    private void told(JournalRow row) {
        send(event(row));
    }

    private static byte[] event(JournalRow row) {
        return EventClient.event("row", Long.toString(row.id()), Reply.bytes(PageJson.row(row)));
    }

    /** Sends an event to all. */
    void send(byte[] event) {
        clients.forEach(c -> c.send(event));
    }

    boolean isWatched() {
        return !clients.isEmpty();
    }

    /**
     * Keeps the connection, and returns nothing; or returns why not.
     *
     * @param still false once this caller may not read any longer
     */
    Optional<Reply> open(HttpExchange exchange, Caller caller, BooleanSupplier still) throws IOException {
        boolean known = caller.proof() != Caller.Proof.NONE;
        if (clients.size() >= MOST && !(known && makePlace())) {
            return Optional.of(Reply.problem(BUSY, "Busy", "too many pages are open; who logs in gets a place"));
        }
        Optional<Long> seen;
        try {
            seen = seen(exchange);
        } catch (NumberFormatException e) {
            return Optional.of(Reply.problem(400, "Bad request", "Last-Event-ID is the number of a row"));
        }
        List<JournalRow> missed = seen.isPresent() ? backend.after(seen.get()) : List.of();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        EventClient[] mine = new EventClient[1];
        mine[0] = new EventClient(exchange, known, still, () -> clients.remove(mine[0]));
        if (missed.size() > MISSED - 100) {
            mine[0].send(EventClient.event("missed", "", "{}".getBytes(StandardCharsets.UTF_8)));
        } else {
            missed.forEach(r -> mine[0].send(event(r)));
        }
        // Rows that come in between are sent twice rather than not at all; their ids tell.
        clients.add(mine[0]);
        mine[0].begin();
        return Optional.empty();
    }

    /** A stranger makes room for who is known. */
    private boolean makePlace() {
        Optional<EventClient> stranger = clients.stream().filter(c -> !c.isKnown()).findFirst();
        stranger.ifPresent(EventClient::cut);
        stranger.ifPresent(clients::remove);
        return stranger.isPresent();
    }

    private static Optional<Long> seen(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        String query = Query.parse(exchange.getRequestURI().getRawQuery()).getOrDefault("after", List.of()).stream()
                .findFirst().orElse(null);
        String seen = header == null ? query : header;
        return seen == null || seen.isBlank() ? Optional.empty() : Optional.of(Long.parseLong(seen.strip()));
    }

    @Override
    public void close() {
        clients.forEach(EventClient::close);
    }
}
