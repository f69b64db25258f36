package net.reroute.check;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec.Answer;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.ssh.Deadline;

/**
 * One GET over a connection of its own (RFC 9112). Our own few lines and not the JDK's client, which can neither set Host
 * nor end a body that dribbles.
 */
final class HttpCheck implements Check {

    private final Request request;
    private final Answer wanted;
    private final Tls tls;
    private final Ways ways;
    private final Duration timeout;
    private final InstantSource clock;

    HttpCheck(Http http, Ways ways, Duration timeout, InstantSource clock) throws IOException {
        this.ways = ways;
        this.request = http.request();
        this.wanted = http.wanted();
        this.tls = request.tls() ? new Tls(http.trust()) : null;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public CheckResult run(Address server, Address service) {
        Address address = Templates.address(request.host(), server, service);
        String host = request.hostHeader().map(h -> Templates.text(h, server, service))
                .orElse(address.bracketed());
        Stopwatch watch = new Stopwatch(clock);
        Socket plain = new Socket();
        try (Deadline deadline = Deadline.closes(plain, timeout)) {
            try (plain) {
                plain.setTcpNoDelay(true);
                plain.connect(ways.connect(address, request.port()), deadline.leftMillis());
                Socket socket = tls == null ? plain : tls.over(plain, host, request.port());
                String path = Templates.text(request.path(), server, service);
                socket.getOutputStream().write(get(path, host).getBytes(StandardCharsets.UTF_8));
                HttpResponse response = HttpResponse.readHead(socket.getInputStream());
                return judge(watch, response, server, service);
            } catch (IOException e) {
                return watch.bad(e, deadline, timeout);
            } catch (StackOverflowError e) {
                return watch.bad("body-regex is too deep for this body; write it simpler");
            }
        }
    }

    private String get(String path, String host) {
        boolean usual = request.port() == (request.tls() ? 443 : 80);
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + (usual ? "" : ":" + request.port())
                + "\r\nUser-Agent: reroute\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    }

    private CheckResult judge(Stopwatch watch, HttpResponse response, Address server, Address service)
            throws IOException {
        int status = response.status();
        boolean fits = wanted.statuses().isEmpty() ? status >= 200 && status < 400 : wanted.statuses().contains(status);
        if (!fits) {
            return watch.bad("HTTP " + status);
        }
        Pattern body = wanted.body().map(b -> Pattern.compile(Pattern.quote(Templates.text(b, server, service))))
                .or(() -> wanted.bodyRegex().map(Pattern::compile)).orElse(null);
        if (body == null || response.bodyHas(body)) {
            return watch.good("HTTP " + status);
        }
        return watch.bad("HTTP " + status + " without the wanted text");
    }
}
