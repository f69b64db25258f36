package net.reroute.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.check.Made.Span;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Test.Tcp;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.Inventory;
import net.reroute.core.Login;
import net.reroute.core.Reactions;
import net.reroute.core.Server;
import net.reroute.ssh.SshServerFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that ask the service's address, which are made at the server that is meant, over its login. */
@Timeout(60)
class AskedAtServerTest {

    private static final Address HOST = Address.parse("192.0.2.2");
    private static final Address SERVICE = Address.parse("127.0.0.1");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private SshServerFixture ssh;
    private HttpServer web;

    @BeforeEach
    void start() throws IOException {
        ssh = new SshServerFixture(folder);
        web = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
        answer(web);
    }

    private static void answer(HttpServer server) {
        server.createContext("/", exchange -> {
            byte[] page = "<html>fine</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(page);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        web.stop(0);
        ssh.close();
    }

    private Login login(boolean jsch) {
        return ssh.login(ssh.port(), "key", null, "known_hosts", jsch);
    }

    private Checks checks(CheckSpec.Test test, Login login, Duration timeout) throws IOException {
        CheckSpec spec = new CheckSpec("web", test, new Timers(PATIENCE, timeout, timeout, 3, 3));
        return Checks.of(new Inventory(Map.of(), Map.of("host1", new Server("host1", HOST, HOST, Optional.of(login))),
                Map.of("web", spec), Map.of(),
                new Inventory.Settings(true, PATIENCE, PATIENCE, Optional.empty(), List.of(), Optional.empty()),
                Reactions.NONE),
                InstantSource.system(), CheckConnector.DIRECT);
    }

    private CheckResult run(CheckSpec.Test test, Login login) throws IOException {
        try (Checks checks = checks(test, login, PATIENCE)) {
            return checks.named("web").run(HOST, SERVICE);
        }
    }

    private static Http http(int port, boolean tls, Optional<Path> ca) {
        return new Http(new Request(tls, "{service}", port, "/", Optional.of("www.widgetco.com")),
                new Expected(Set.of(200), Optional.of("</html>"), Optional.empty()),
                new CertificateTrust(ca, Optional.empty()));
    }

    private Http http() {
        return http(web.getAddress().getPort(), false, Optional.empty());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    /** 192.0.2.2 (RFC 5737) is nowhere: only over the login is there an answer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksTheServicesAddressAtTheServer(boolean jsch) throws IOException {
        assertThat(run(http(), login(jsch)).said()).isEqualTo("HTTP 200");
        assertThat(run(new Tcp("{service}:" + web.getAddress().getPort()), login(jsch)).ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void speaksTlsToIt(boolean jsch) throws IOException {
        Made made = Made.alone("dns:www.widgetco.com", Span.days(10));
        HttpsServer secure = made.serve();
        answer(secure);
        try {
            CheckResult result = run(http(secure.getAddress().getPort(), true,
                    Optional.of(made.pem(folder.resolve("ca.pem")))), login(jsch));
            assertThat(result.said()).isEqualTo("HTTP 200");
            assertThat(result.certificateUntil()).isPresent();
        } finally {
            secure.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceThatIsDeadThereIsAFailure(boolean jsch) throws IOException {
        CheckResult result = run(http(closedPort(), false, Optional.empty()), login(jsch));
        assertThat(result.said()).isEqualTo("connection refused");
        assertThat(result.asked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceThatSaysNothingThereDoesNotOutlastTheDeadline(boolean jsch) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
                Checks checks = checks(http(silent.getLocalPort(), false, Optional.empty()), login(jsch),
                        Duration.ofMillis(300))) {
            CheckResult result = checks.named("web").run(HOST, SERVICE);
            assertThat(result.said()).isEqualTo("no answer in 300ms");
            assertThat(result.asked()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLoginThatConnectsNowhereProvesNothing(boolean jsch) throws IOException {
        ssh.forwards(false);
        CheckResult result = run(http(), login(jsch));
        assertThat(result.said()).startsWith("not asked: its sshd connects nowhere for this login; set"
                + " 'AllowTcpForwarding local'");
        assertThat(result.asked()).isFalse();
    }

    @Test
    void aLoginThatIsRefusedProvesNothingAndIsNotTriedAgainAtOnce() throws IOException {
        try (Checks checks = checks(http(), ssh.login(ssh.port(), "stranger", null, "known_hosts", false), PATIENCE)) {
            CheckResult result = checks.named("web").run(HOST, SERVICE);
            assertThat(result.said()).startsWith("not asked: ").contains("refused the login with the key");
            assertThat(result.asked()).isFalse();
            ssh.close(); // nobody is there to be asked, and nobody is
            assertThat(checks.named("web").run(HOST, SERVICE).said()).isEqualTo(result.said());
        }
    }

    @Test
    void aMachineThatRefusesTheLoginsPortProvesNothing() throws IOException {
        Login login = ssh.login(closedPort(), "key", null, "known_hosts", false);
        assertThat(run(http(), login).asked()).isFalse();
    }

    @Test
    void aConnectionThatIsLostIsMadeAnew() throws IOException {
        try (Checks checks = checks(http(), login(false), PATIENCE)) {
            assertThat(checks.named("web").run(HOST, SERVICE).ok()).isTrue();
            ssh.dropAll();
            net.reroute.lab.Lab.await("it answers again", () -> checks.named("web").run(HOST, SERVICE).ok());
        }
    }

    @Test
    void aServerThatFallsSilentIsNoticedInTheTimeOfACheck() throws IOException {
        try (Relay relay = new Relay(ssh.port());
                Checks checks = checks(http(), ssh.login(relay.port(), "key", null, "any_known_hosts", false),
                        Duration.ofMillis(500))) {
            net.reroute.lab.Lab.await("it answers", () -> checks.named("web").run(HOST, SERVICE).ok());
            relay.fallSilent();
            CheckResult result = checks.named("web").run(HOST, SERVICE);
            assertThat(result.said()).isEqualTo("no answer in 500ms");
            assertThat(result.asked()).isTrue();
        }
    }

    @Test
    void aProbeThatIsForNoServerInParticularIsMadeFromHere() throws IOException {
        ssh.forwards(false);
        try (Checks checks = checks(http(), login(false), PATIENCE)) {
            assertThat(checks.named("web").run(SERVICE, SERVICE).said()).isEqualTo("HTTP 200");
        }
    }

    /** Passes bytes on, until it does not. */
    private static final class Relay implements AutoCloseable {

        private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        private volatile boolean silent;

        Relay(int to) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!listening.isClosed()) {
                    try {
                        Socket from = listening.accept();
                        Socket there = new Socket(InetAddress.ofLiteral("127.0.0.1"), to);
                        Thread.ofVirtual().start(() -> pass(from, there));
                        Thread.ofVirtual().start(() -> pass(there, from));
                    } catch (IOException e) {
                        return; // the test is over
                    }
                }
            });
        }

        int port() {
            return listening.getLocalPort();
        }

        void fallSilent() {
            silent = true;
        }

        private void pass(Socket from, Socket to) {
            byte[] bytes = new byte[4096];
            try {
                for (int n = from.getInputStream().read(bytes); n >= 0; n = from.getInputStream().read(bytes)) {
                    if (!silent) {
                        to.getOutputStream().write(bytes, 0, n);
                    }
                }
            } catch (IOException e) {
                silent = true; // one side has gone
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
