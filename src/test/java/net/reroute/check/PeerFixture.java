package net.reroute.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Timers;
import org.junit.jupiter.api.AfterEach;

/** A peer in this process that answers as a test wants, and checks to run against it. */
abstract class PeerFixture {

    static final Address HERE = Address.parse("127.0.0.1");
    static final Address SERVICE = Address.parse("192.168.1.33");
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(200);

    interface Peer {
        void talk(Socket socket) throws Exception;
    }

    final ServerSocket server = open();
    final AtomicReference<String> heard = new AtomicReference<>("");

    static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    void peer(Peer peer) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    peer.talk(socket);
                } catch (Exception e) {
                    heard.compareAndSet("", String.valueOf(e)); // the check hung up, as it should
                }
            }
        });
    }

    void answers(String response) {
        peer(socket -> {
            heard.set(request(socket));
            socket.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
        });
    }

    static String request(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) in.read());
        }
        return text.toString();
    }

    CheckResult run(CheckSpec.Test test, Duration timeout) {
        Timers timers = new Timers(PATIENCE, timeout, timeout, 3, 3);
        try (Checks checks = Checks.of(List.of(new CheckSpec("c", test, timers)), InstantSource.system(),
                CheckConnector.DIRECT)) {
            return checks.named("c").run(HERE, SERVICE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Http http(String path, Expected answer) {
        return new Http(new Request(false, "{server}", server.getLocalPort(), path, Optional.of("www.widgetco.com")),
                answer, new CertificateTrust(Optional.empty(), Optional.empty()));
    }

    CheckResult get(Expected answer, Duration timeout) {
        return run(http("/", answer), timeout);
    }

    static Expected any() {
        return new Expected(Set.of(), Optional.empty(), Optional.empty());
    }

    static Expected body(String text) {
        return new Expected(Set.of(200), Optional.of(text), Optional.empty());
    }

}
