package net.reroute.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.Answer;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.CheckSpec.Trust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks over https against a server whose certificate says www.widgetco.com. */
class TlsCheckTest {

    private static final Address HERE = Address.parse("127.0.0.1");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final AtomicReference<String> indicated = new AtomicReference<>("");
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException, InterruptedException {
        keytool("-genkeypair", "-alias", "web", "-keyalg", "EC", "-dname", "CN=test", "-ext",
                "san=dns:www.widgetco.com");
        keytool("-exportcert", "-rfc", "-alias", "web", "-file", folder.resolve("ca.pem").toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store"))) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            var session = (ExtendedSSLSession) ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
            indicated.set(String.valueOf(session.getRequestedServerNames()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void keytool(String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool",
                "-keystore", folder.resolve("store").toString(), "-storetype", "PKCS12", "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(words));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private CheckResult get(String host, Optional<Path> ca, Optional<String> name) throws IOException {
        Http https = new Http(
                new Request(true, "{server}", server.getAddress().getPort(), "/", Optional.ofNullable(host)),
                new Answer(Set.of(), Optional.empty(), Optional.empty()), new Trust(ca, name));
        CheckSpec spec = new CheckSpec("tls", https, new Timers(PATIENCE, PATIENCE, PATIENCE, 3, 3));
        try (Checks checks = Checks.of(List.of(spec), InstantSource.system(), Ways.DIRECT)) {
            return checks.named("tls").run(HERE, HERE);
        }
    }

    private Optional<Path> ca() {
        return Optional.of(folder.resolve("ca.pem"));
    }

    @Test
    void trustsOnesOwnAuthorityAndIndicatesTheHost() throws IOException {
        CheckResult result = get("www.widgetco.com", ca(), Optional.empty());
        assertThat(result.ok()).as(result.said()).isTrue();
        assertThat(result.said()).isEqualTo("HTTP 204");
        assertThat(indicated.get()).contains("www.widgetco.com");
    }

    @Test
    void acceptsThePinnedNameWhereTheHostIsAnother() throws IOException {
        assertThat(get(null, ca(), Optional.of("www.widgetco.com")).ok()).isTrue();
    }

    @Test
    void aCertificateForAnotherNameIsAFailure() throws IOException {
        CheckResult result = get("www.other.com", ca(), Optional.empty());
        assertThat(result.ok()).isFalse();
        assertThat(result.said()).startsWith("TLS: ").contains("www.other.com");
    }

    @Test
    void anUnknownAuthorityIsAFailure() throws IOException {
        CheckResult result = get("www.widgetco.com", Optional.empty(), Optional.empty());
        assertThat(result.ok()).isFalse();
        assertThat(result.said()).startsWith("TLS: ");
    }
}
