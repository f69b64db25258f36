package net.reroute.check;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.LoadPath;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.Durations;
import net.reroute.core.HostHeader;
import net.reroute.ssh.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One GET over its own connection (RFC 9112). The JDK's client cannot set the Host header, and cannot stop reading a
 * body that trickles in.
 */
final class HttpCheck implements Check {

    private static final Logger LOG = LoggerFactory.getLogger(HttpCheck.class);

    private final Request request;
    private final Expected wanted;
    private final Optional<LoadPath> load;
    private final Tls tls;
    private final CheckConnector connector;
    private final CheckSockets sockets;
    private final Duration timeout;
    private final InstantSource clock;

    HttpCheck(Http http, CheckConnector connector, Timers timers, CheckSockets sockets, InstantSource clock)
            throws IOException {
        this.connector = connector;
        this.sockets = sockets;
        this.request = http.request();
        this.wanted = http.wanted();
        this.load = http.load();
        this.tls = request.tls() ? new Tls(http.trust(), InstantSource.system()) : null;
        this.timeout = timers.timeout();
        this.clock = clock;
    }

    @Override
    public CheckResult run(Address server, Address service) {
        Stopwatch watch = new Stopwatch(clock);
        Socket plain = sockets.socket(request.host(), server, service);
        try (Deadline deadline = Deadline.closes(plain, timeout); Exchange exchange = new Exchange(plain)) {
            try {
                exchange.ask(deadline, server, service);
            } catch (IOException e) {
                return watch.bad(e, deadline, timeout);
            }
            CheckResult result = judge(watch, exchange.response, deadline, server, service);
            return exchange.until == null ? result : result.withCertificateUntil(exchange.until);
        } catch (IllegalArgumentException e) {
            return watch.bad(e.getMessage());
        } catch (StackOverflowError e) {
            return watch.bad("body-regex is too deep for this body; write it simpler");
        }
    }

    /** One request and its response. */
    private final class Exchange implements AutoCloseable {

        private final Socket plain;
        private HttpResponse response;
        private Instant until;

        Exchange(Socket plain) {
            this.plain = plain;
        }

        void ask(Deadline deadline, Address server, Address service) throws IOException {
            HostHeader host = Templates.host(request.hostHeader().orElse(request.host()), server, service);
            plain.setTcpNoDelay(true);
            plain.connect(connector.connect(Templates.address(request.host(), server, service), request.port()),
                    deadline.leftMillis());
            Socket socket = plain;
            if (tls != null) {
                Tls.Secured secured = tls.over(plain, host, request.port());
                until = secured.until();
                socket = secured.socket();
            }
            String path = Templates.text(request.path(), server, service);
            OutputStream out = socket.getOutputStream();
            out.write(get(path, host).getBytes(StandardCharsets.UTF_8));
            out.flush();
            response = HttpResponse.readHead(socket.getInputStream());
        }

        @Override
        public void close() {
            try {
                plain.close();
            } catch (IOException e) {
                LOG.debug("closing a connection of a check", e); // the result does not depend on it
            }
        }
    }

    private String get(String path, HostHeader host) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host.value(request.port(), request.tls() ? 443 : 80)
                + "\r\nUser-Agent: reroute\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
    }

    private CheckResult judge(Stopwatch watch, HttpResponse response, Deadline deadline, Address server,
            Address service) {
        int status = response.status();
        boolean fits = wanted.statuses().isEmpty() ? status >= 200 && status < 400 : wanted.statuses().contains(status);
        if (!fits) {
            return watch.bad("HTTP " + status);
        }
        Pattern body = wanted.body().map(b -> Pattern.compile(Pattern.quote(Templates.text(b, server, service))))
                .or(() -> wanted.bodyRegex().map(Pattern::compile)).orElse(null);
        try {
            if (load.isPresent()) {
                return judged(watch, response, body);
            }
            return body == null || response.bodyHas(body)
                    ? watch.good("HTTP " + status)
                    : watch.bad("HTTP " + status + " without the wanted text");
        } catch (Search.TooLongException e) {
            return watch.bad("HTTP " + status + ", " + e.getMessage());
        } catch (IOException e) {
            return watch.bad("HTTP " + status + ", " + missing(e, deadline));
        }
    }

    /** A server that does not tell its load is UP nevertheless: its load is then unknown. */
    private CheckResult judged(Stopwatch watch, HttpResponse response, Pattern body) throws IOException {
        String text = response.text();
        String status = "HTTP " + response.status();
        if (body != null && !Search.has(body, text)) {
            return watch.bad(status + " without the wanted text");
        }
        OptionalDouble figure = LoadFigure.in(text, load.get());
        return figure.isPresent()
                ? watch.good(status + ", load " + LoadFigure.text(figure.getAsDouble())).withLoad(figure.getAsDouble())
                : watch.good(status + " without a load");
    }

    /** Why the wanted text was not found in a body that could not be read to its end. */
    private String missing(IOException e, Deadline deadline) {
        if (deadline.isOver()) {
            return "the wanted text did not come in " + Durations.text(timeout);
        }
        return switch (e) {
            case EOFException eof -> "its body ended early, without the wanted text";
            case ZipException zip -> "its compressed body is broken";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
