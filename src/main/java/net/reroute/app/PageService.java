package net.reroute.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import net.reroute.check.Libc;
import net.reroute.core.AccessToken;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.WebSpec;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.JournalFeed;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.metrics.DaemonMetrics;
import net.reroute.operations.Operations;
import net.reroute.web.ApiDesk;
import net.reroute.web.Backend;
import net.reroute.web.WebServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Serves the page, the API and the metrics of a daemon. It begins on a thread of its own: no check waits for it, and if
 * it cannot be served, the daemon works all the same.
 */
final class PageService implements Backend, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);
    private static final int MISSED = 1000;

    private final Parts parts;
    private final ApiDesk desk;
    private final DaemonMetrics metrics = new DaemonMetrics(version());
    private final Thread thread;
    private volatile Optional<WebSpec> wanted = Optional.empty();
    private volatile boolean renewed;
    private volatile String trouble;
    private volatile boolean closed;

    /**
     * What it shows.
     *
     * @param operations for a caller
     */
    record Parts(Path state, JournalFeed feed, ControllerRuntime runtime, SelfWatch selfWatch,
            Function<String, Operations> operations, ClusterMember member) {}

    PageService(Parts parts) {
        this.parts = parts;
        this.desk = new ApiDesk(this);
        this.thread = Thread.ofPlatform().daemon().name("page").unstarted(this::loop);
        parts.feed.listen(rows -> rows.forEach(metrics::happened));
        parts.runtime.checked(metrics::checked);
    }

    /** Serves as the inventory in force says. Called at the start and after each reload. Returns at once. */
    void serve(Optional<WebSpec> spec) {
        boolean certificates = spec.filter(s -> s.tls().isPresent()).isPresent();
        renewed = !spec.equals(wanted) || certificates; // files of certificates may have changed
        wanted = spec;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        LockSupport.unpark(thread);
    }

    private void loop() {
        Optional<WebServer> server = Optional.empty();
        while (!closed) {
            if (renewed || server.isEmpty() && wanted.isPresent()) {
                renewed = false;
                server.ifPresent(WebServer::close);
                server = wanted.flatMap(this::start);
            }
            LockSupport.parkNanos(renewed ? 0 : BETWEEN_TRIES.toNanos());
        }
        server.ifPresent(WebServer::close);
    }

    private Optional<WebServer> start(WebSpec spec) {
        try {
            WebServer server = WebServer.start(spec, this, Libc::yieldProcessor);
            LOG.info("the page is at {}://{}/", spec.tls().isPresent() ? "https" : "http", server.endpoint(spec));
            trouble = null;
            return Optional.of(server);
        } catch (IOException | RuntimeException e) {
            String why = spec.listen() + ": " + e.getMessage();
            if (!why.equals(trouble)) {
                LOG.atLevel(spec.configured() ? Level.WARN : Level.INFO)
                        .log("the page is not served at {}; it is tried again", why);
            }
            trouble = why;
            return Optional.empty();
        }
    }

    /** Why the page is not served although the inventory says where. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble).filter(t -> wanted.filter(WebSpec::configured).isPresent());
    }

    // ---- what the page stands on ----------------------------------------------------------------------------------

    @Override
    public Operations operations(String who) {
        return parts.operations.apply(who);
    }

    @Override
    public Optional<JsonNode> elsewhere(JsonNode request) throws IOException {
        return parts.member.cluster().isPresent()
                ? parts.member.cluster().get().toLeader().api(request)
                : Optional.empty();
    }

    /** Carries out a request to the API of another controller. */
    JsonNode forAnother(JsonNode request) throws IOException {
        return desk.forAnother(request);
    }

    @Override
    public List<AccessToken> tokens() {
        return parts.runtime.controller.audit().state().notes(Shelf.TOKEN).entrySet().stream()
                .flatMap(e -> AccessToken.of(e.getKey(), e.getValue()).stream()).toList();
    }

    @Override
    public String version() {
        String version = PageService.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    @Override
    public Optional<String> stuck() {
        return parts.selfWatch.stuck();
    }

    @Override
    public Optional<String> unready() {
        int unchecked = parts.runtime.monitor.unchecked().size();
        return unchecked == 0 ? Optional.empty() : Optional.of(unchecked + " checks have no result yet");
    }

    @Override
    public Metrics metrics(String accept) {
        try {
            DaemonMetrics.Page page = metrics.page(operations("metrics").status(List.of()),
                    new DaemonMetrics.Own(parts.selfWatch.heartbeat().late(),
                            parts.runtime.controller.cycleLasts(), queues()),
                    accept);
            return new Metrics(page.type(), page.body());
        } catch (RequestRefusedException | BadInventoryException e) {
            throw new IllegalStateException(e); // the daemon's own inventory is good
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Integer> queues() {
        return parts.runtime.controller.pool().queues();
    }

    @Override
    public List<JournalRow> recent() {
        return parts.feed.recent();
    }

    @Override
    public List<JournalRow> after(long id) throws IOException {
        List<JournalRow> recent = parts.feed.recent();
        if (!recent.isEmpty() && recent.getLast().id() <= id) {
            return recent.stream().filter(r -> r.id() > id).toList().reversed();
        }
        try (JournalReader reader = JournalReader.open(parts.state)) {
            return reader.after(id, MISSED);
        }
    }

    @Override
    public void listen(Consumer<List<JournalRow>> listener) {
        parts.feed.listen(listener);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
