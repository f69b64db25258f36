package net.reroute.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.StatusReport;
import net.reroute.view.PageJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state that open pages show. It is computed once for all of them, when something may have changed, and only what
 * did change is sent. Nothing is computed while no page is open.
 */
final class LivePage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Between two computations while something happens. */
    private static final Duration SHORTEST = Duration.ofMillis(40);
    /** What leaves no row in the journal, as the answer of a router, is seen within this time. */
    private static final Duration LONGEST = Duration.ofSeconds(1);
    /** A large inventory must not keep a processor busy: this part of the time, at most, is spent on it. */
    private static final int PART = 5;
    private static final int UNAVAILABLE = 503;

    private record Rows(JsonNode top, Map<String, JsonNode> services, Map<String, JsonNode> servers,
            Map<String, JsonNode> routers) {

        static final Rows NONE = new Rows(JSON.createObjectNode(), Map.of(), Map.of(), Map.of());
    }

    /**
     * @param rest the state without its time
     * @param until it is worth showing; of {@link System#nanoTime}
     */
    private record Whole(byte[] rest, long until) {

        static final Whole NONE = new Whole(new byte[0], 0);

        boolean isFresh() {
            return rest.length > 0 && until - System.nanoTime() > 0;
        }

        Reply reply() {
            byte[] head = ("{\"time\":\"" + Instant.now() + "\",").getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(head, head.length + rest.length - 1);
            System.arraycopy(rest, 1, all, head.length, rest.length - 1);
            return new Reply(200, Reply.JSON, all, Map.of());
        }
    }

    private final Backend backend;
    private final BooleanSupplier watched;
    private final Consumer<byte[]> send;
    private final Thread thread;
    private volatile boolean wanted = true;
    private volatile boolean closed;
    /** Callers that wait for the whole state. */
    private final Queue<CompletableFuture<Whole>> waiting = new ConcurrentLinkedQueue<>();
    private volatile Whole latest = Whole.NONE;
    private Rows rows = Rows.NONE;
    private long sequence;

    /**
     * @param watched true while a page is open
     * @param send receives each change as an event
     * @param first run on the thread before anything else
     */
    LivePage(Backend backend, BooleanSupplier watched, Consumer<byte[]> send, Runnable first) {
        this.backend = backend;
        this.watched = watched;
        this.send = send;
        this.thread = Thread.ofPlatform().daemon().name("live page").unstarted(() -> {
            first.run();
            loop();
        });
        backend.listen(rows -> wake());
        thread.start();
    }

    /** Something may have changed, or a page was opened. */
    void wake() {
        wanted = true;
        LockSupport.unpark(thread);
    }

    /** The whole state. Computed for the caller if no page is open. */
    Reply whole() {
        Whole now = latest;
        if (watched.getAsBoolean() && now.isFresh()) {
            return now.reply();
        }
        CompletableFuture<Whole> mine = new CompletableFuture<>();
        waiting.add(mine);
        LockSupport.unpark(thread);
        try {
            return mine.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).reply();
        } catch (TimeoutException | ExecutionException e) {
            return Reply
                    .problem(UNAVAILABLE, "Not now", "the state cannot be told now; ask again, the log may have more")
                    .with("Retry-After", "5");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.problem(UNAVAILABLE, "Stopped", "the daemon ends");
        } finally {
            waiting.remove(mine);
        }
    }

    private void loop() {
        while (!closed) {
            if (!watched.getAsBoolean() && waiting.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            long began = System.nanoTime();
            wanted = false;
            List<CompletableFuture<Whole>> asked = new ArrayList<>(waiting);
            try {
                Whole whole = compute(began);
                latest = whole;
                asked.forEach(a -> a.complete(whole));
                waiting.removeAll(asked);
            } catch (RequestRefusedException | BadInventoryException | IOException | RuntimeException e) {
                LOG.error("the page's state cannot be made; it is tried again", e);
                asked.forEach(a -> a.completeExceptionally(e));
                waiting.removeAll(asked);
            }
            long took = System.nanoTime() - began;
            LockSupport.parkNanos(Math.max(SHORTEST.toNanos(), took * (PART - 1)));
            long rest = LONGEST.toNanos() + took * PART * PART;
            long end = System.nanoTime() + rest;
            while (!wanted && waiting.isEmpty() && !closed && end - System.nanoTime() > 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
        waiting.forEach(w -> w.completeExceptionally(new IllegalStateException("the daemon ends")));
    }

    private Whole compute(long began) throws RequestRefusedException, BadInventoryException, IOException {
        StatusReport report = backend.operations("page").status(List.of());
        Rows next = new Rows(PageJson.top(report, backend.version()),
                byName(report.services(), PageJson::service), byName(report.servers(), PageJson::server),
                byName(report.routers(), PageJson::router));
        boolean changed = !next.equals(rows);
        if (changed) {
            ObjectNode change = JSON.createObjectNode().put("from", sequence).put("to", sequence + 1);
            change.set("top", next.top.equals(rows.top) ? null : next.top);
            difference(change, "services", rows.services, next.services);
            difference(change, "servers", rows.servers, next.servers);
            difference(change, "routers", rows.routers, next.routers);
            rows = next;
            sequence++;
            send.accept(EventClient.event("state", "", Reply.bytes(change)));
        }
        byte[] rest = changed || latest.rest.length == 0 ? rest() : latest.rest;
        long took = System.nanoTime() - began;
        return new Whole(rest, System.nanoTime() + (LONGEST.toNanos() + took * PART * PART) * 2);
    }

    private byte[] rest() {
        ObjectNode all = JSON.createObjectNode().put("to", sequence);
        all.set("top", rows.top);
        all.set("services", JSON.createArrayNode().addAll(rows.services.values()));
        all.set("servers", JSON.createArrayNode().addAll(rows.servers.values()));
        all.set("routers", JSON.createArrayNode().addAll(rows.routers.values()));
        return Reply.bytes(all);
    }

    private static <T> Map<String, JsonNode> byName(List<T> all, Function<T, ObjectNode> row) {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        all.forEach(of -> {
            ObjectNode node = row.apply(of);
            rows.put(node.get("name").asText(), node);
        });
        return rows;
    }

    private static void difference(ObjectNode change, String what, Map<String, JsonNode> before,
            Map<String, JsonNode> now) {
        ArrayNode changed = change.putArray(what);
        now.forEach((name, row) -> {
            if (!row.equals(before.get(name))) {
                changed.add(row);
            }
        });
        ArrayNode gone = change.putArray("gone" + what);
        before.keySet().stream().filter(n -> !now.containsKey(n)).forEach(gone::add);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
