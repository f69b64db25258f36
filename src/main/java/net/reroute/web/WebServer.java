package net.reroute.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import net.reroute.core.Endpoint;
import net.reroute.core.WebSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, the API and the metrics. */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int LONGEST_BODY = 64 << 10;
    private static final int COMPRESSED = 4 << 10;
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL = 500;
    /** Limits of the JDK's server (module jdk.httpserver): it reads them when it is first used. */
    private static final Map<String, String> LIMITS = Map.of("sun.net.httpserver.maxReqTime", "15",
            "sun.net.httpserver.maxRspTime", "3600", "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxReqHeaderSize", "32768", "jdk.httpserver.maxConnections", "600",
            "sun.net.httpserver.idleInterval", "30", "sun.net.httpserver.maxIdleConnections", "200",
            "sun.net.httpserver.nodelay", "true");
    private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cross-Origin-Opener-Policy",
            "same-origin", "Cross-Origin-Resource-Policy", "same-origin", "X-Frame-Options", "DENY");

    static {
        limit();
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Work work;
    private final Router router;
    private final boolean tls;

    /** Has to be called before the JDK's server is used for anything. */
    public static void limit() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    private WebServer(HttpServer server, Work work, Router router, boolean tls) {
        this.server = server;
        this.work = work;
        this.router = router;
        this.tls = tls;
    }

    /**
     * Starts serving.
     *
     * @param first run on each thread that reads, before anything else: it lowers its priority
     * @throws IOException if the address is in use or not this machine's, or the certificate cannot be used
     */
    public static WebServer start(WebSpec spec, Backend backend, Runnable first) throws IOException {
        Set<String> names = new HashSet<>();
        spec.names().forEach(n -> names.add(n.toLowerCase(Locale.ROOT)));
        HttpServer server;
        InetSocketAddress at = new InetSocketAddress(spec.listen().address().inet(), spec.listen().port());
        if (spec.tls().isPresent()) {
            Certificates certificates = Certificates.read(spec.tls().get());
            names.addAll(certificates.names());
            HttpsServer https = HttpsServer.create(at, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(certificates.context()));
            server = https;
        } else {
            server = HttpServer.create(at, 0);
        }
        Gatekeeper gate = new Gatekeeper(spec, names, new Logins(backend::tokens));
        Work work = new Work(first);
        WebServer web = new WebServer(server, work, new Router(backend, gate, work, spec.tls().isPresent(), first),
                spec.tls().isPresent());
        server.setExecutor(web.threads);
        server.createContext("/", web::handle);
        server.start();
        return web;
    }

    /** Where it listens. */
    public Endpoint endpoint(WebSpec spec) {
        return new Endpoint(spec.listen().address(), server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        if (tls) {
            exchange.getResponseHeaders().set("Strict-Transport-Security", "max-age=31536000");
        }
        Optional<Reply> reply;
        try {
            Optional<byte[]> body = body(exchange);
            reply = body.isEmpty()
                    ? Optional.of(Reply.problem(TOO_LARGE, "Too large", LONGEST_BODY + " bytes at most"))
                    : router.answer(exchange, body.get());
        } catch (Call.BadRequestException e) {
            reply = Optional.of(Reply.problem(400, "Bad request", e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("a request ended with an internal error: {} {}", exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(), e);
            reply = Optional.of(Reply.problem(INTERNAL, "Internal error", "please report it; the log has more"));
        }
        if (reply.isPresent()) {
            send(exchange, reply.get());
        }
    }

    private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] body = in.readNBytes(LONGEST_BODY + 1);
        return body.length > LONGEST_BODY ? Optional.empty() : Optional.of(body);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            byte[] body = reply.body();
            if (!reply.type().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", reply.type());
            }
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of());
            if (body.length > COMPRESSED && accepted.stream().anyMatch(a -> a.contains("gzip"))) {
                body = compressed(body);
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
            }
            boolean none = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
            exchange.sendResponseHeaders(reply.status(), none ? -1 : body.length);
            if (!none) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        router.close();
        server.stop(0);
        threads.shutdownNow();
        work.close();
    }
}
