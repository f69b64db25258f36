package net.reroute.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import net.reroute.check.Made.Span;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.HostHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks over https against a server with certificates of every kind. */
class TlsCheckTest {

    private static final Address HERE = Address.parse("127.0.0.1");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Span YEAR = Span.days(365);
    private static final Span PAST = new Span(Instant.parse("2024-01-01T00:00:00Z"),
            Instant.parse("2024-01-31T23:00:00Z"));
    private static final Span FUTURE = new Span(Instant.parse("2124-01-01T12:00:00Z"),
            Instant.parse("2124-02-01T12:00:00Z"));

    @TempDir
    Path folder;

    private final AtomicReference<String> indicated = new AtomicReference<>("");
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpsServer server;

    private void serve(String names, Span span) throws IOException {
        serve(Made.alone(names, span));
    }

    /** The pinned certificate is its own. */
    private void serve(Made made) throws IOException {
        serve(made, made);
    }

    private void serve(Made made, Made trusted) throws IOException {
        trusted.pem(folder.resolve("ca.pem"));
        server = made.serve();
        server.createContext("/", exchange -> {
            var session = (ExtendedSSLSession) ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
            indicated.set(session.getRequestedServerNames().stream()
                    .map(n -> new String(n.getEncoded(), StandardCharsets.US_ASCII)).toList().toString());
            asked.set(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private CheckResult get(String host, Optional<Path> ca, Optional<String> name) throws IOException {
        return get(server.getAddress().getPort(), host, ca, name);
    }

    private static CheckResult get(int port, String host, Optional<Path> ca, Optional<String> name)
            throws IOException {
        Http https = new Http(new Request(true, "{server}", port, "/", Optional.ofNullable(host)),
                new Expected(Set.of(), Optional.empty(), Optional.empty()), new CertificateTrust(ca, name));
        CheckSpec spec = new CheckSpec("tls", https, new Timers(PATIENCE, PATIENCE, PATIENCE, 3, 3));
        try (Checks checks = Checks.of(List.of(spec), InstantSource.system(), CheckConnector.DIRECT)) {
            return checks.named("tls").run(HERE, HERE);
        }
    }

    private Optional<Path> ca() {
        return Optional.of(folder.resolve("ca.pem"));
    }

    private void signed(Span authority, Span own) throws IOException {
        Made root = Made.authority("CN=Widget Root", authority);
        serve(root.signs("dns:www.widgetco.com", own), root);
    }

    private String said(String host) throws IOException {
        return get(host, ca(), Optional.empty()).said();
    }

    @Test
    void trustsOnesOwnAuthorityAndIndicatesTheHost() throws Exception {
        serve("dns:www.widgetco.com", YEAR);
        CheckResult result = get("www.widgetco.com", ca(), Optional.empty());
        assertThat(result.ok()).as(result.said()).isTrue();
        assertThat(result.said()).isEqualTo("HTTP 204");
        assertThat(indicated.get()).isEqualTo("[www.widgetco.com]");
    }

    @Test
    void acceptsThePinnedNameWhereTheHostIsAnother() throws Exception {
        serve("dns:www.widgetco.com", YEAR);
        assertThat(get(null, ca(), Optional.of("www.widgetco.com")).said()).isEqualTo("HTTP 204");
        assertThat(get("other.example", ca(), Optional.of("www.widgetco.com")).said()).isEqualTo("HTTP 204");
        assertThat(indicated.get()).isEqualTo("[other.example]");
    }

    @Test
    void aPinnedNameCountsAndNotTheHost() throws Exception {
        serve("dns:www.widgetco.com", YEAR);
        assertThat(get("www.widgetco.com", ca(), Optional.of("other.example")).said())
                .isEqualTo("TLS: its certificate is not for other.example, but for www.widgetco.com");
    }

    @Test
    void aCertificateForOthersIsAFailureThatNamesThem() throws Exception {
        serve("dns:a.example,dns:b.example,ip:192.0.2.7,dns:c.example", YEAR);
        assertThat(said("www.other.com"))
                .isEqualTo("TLS: its certificate is not for www.other.com, but for a.example, b.example, c.example"
                        + " and 1 more");
    }

    @Test
    void anUnknownAuthorityIsAFailure() throws Exception {
        serve("dns:www.widgetco.com", YEAR);
        CheckResult result = get("www.widgetco.com", Optional.empty(), Optional.empty());
        assertThat(result.said())
                .isEqualTo("TLS: no authority that is trusted has signed its certificate (issued by CN=test)");
        assertThat(result.asked()).isTrue();
    }

    @Test
    void theDotOfAFullNameIsNotIndicatedButAskedFor() throws Exception {
        serve("dns:www.widgetco.com", YEAR);
        assertThat(said("www.widgetco.com.")).isEqualTo("HTTP 204");
        assertThat(indicated.get()).isEqualTo("[www.widgetco.com]");
        assertThat(asked.get()).isEqualTo("www.widgetco.com.:" + server.getAddress().getPort());
    }

    @Test
    void aPortIsAskedForButNeitherIndicatedNorInTheCertificate() throws Exception {
        serve("dns:www.widgetco.com", YEAR);
        assertThat(said("www.widgetco.com:8443")).isEqualTo("HTTP 204");
        assertThat(indicated.get()).isEqualTo("[www.widgetco.com]");
        assertThat(asked.get()).isEqualTo("www.widgetco.com:8443");
    }

    /** A Java server refuses such an indication, nginx and others take it: so it is looked for in the ClientHello. */
    @Test
    void aNameWithAnUnderscoreIsIndicated() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> hear(silent));
            assertThat(get(silent.getLocalPort(), "my_host.widgetco.com", Optional.empty(), Optional.empty()).ok())
                    .isFalse();
        }
        assertThat(indicated.get()).contains("my_host.widgetco.com");
    }

    private void hear(ServerSocket silent) {
        try (Socket socket = silent.accept()) {
            byte[] hello = new byte[4096];
            int n = socket.getInputStream().read(hello);
            indicated.set(new String(hello, 0, n, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            indicated.set(e.toString());
        }
    }

    @Test
    void aNameWithAnUnderscoreIsComparedWithTheCertificate() throws CertificateException {
        X509Certificate certificate = Made.alone("dns:*.widgetco.com", YEAR).certificate();
        Identity.check(certificate, HostHeader.parse("my_host.widgetco.com"));
        assertThatThrownBy(() -> Identity.check(certificate, HostHeader.parse("my_host.other.com")))
                .hasMessage("its certificate is not for my_host.other.com, but for *.widgetco.com");
    }

    @Test
    void aStarStandsForOneLabelOnly() throws Exception {
        serve("dns:*.widgetco.com", YEAR);
        assertThat(said("WWW.widgetco.com")).isEqualTo("HTTP 204");
        assertThat(said("a.b.widgetco.com")).startsWith("TLS: its certificate is not for a.b.widgetco.com");
        assertThat(said("widgetco.com")).startsWith("TLS: its certificate is not for widgetco.com");
    }

    @Test
    void anAddressIsComparedWithAddressesAndNeverIndicated() throws Exception {
        serve("ip:127.0.0.1,ip:2001:db8::1,dns:www.widgetco.com", YEAR);
        assertThat(said(null)).isEqualTo("HTTP 204");
        assertThat(indicated.get()).isEqualTo("[]");
        assertThat(said("[2001:DB8::1]:8443")).isEqualTo("HTTP 204");
        assertThat(indicated.get()).isEqualTo("[]");
        assertThat(said("192.0.2.1")).startsWith("TLS: its certificate is not for 192.0.2.1, but for");
    }

    @Test
    void withoutAlternativeNamesTheCommonNameCounts() throws Exception {
        serve("", YEAR);
        assertThat(said("test")).isEqualTo("HTTP 204");
    }

    @Test
    void aPinnedCertificateThatHasExpiredIsAFailureWithItsDate() throws Exception {
        serve("dns:www.widgetco.com", PAST);
        assertThat(said("www.widgetco.com")).isEqualTo("TLS: its certificate expired on 2024-01-31");
    }

    @Test
    void aPinnedCertificateThatIsNotYetValidIsAFailureWithItsDate() throws Exception {
        serve("dns:www.widgetco.com", FUTURE);
        assertThat(said("www.widgetco.com")).isEqualTo("TLS: its certificate is not valid before 2124-01-01");
    }

    @Test
    void aSignedCertificateThatHasExpiredIsAFailureWithItsDate() throws Exception {
        signed(YEAR, PAST);
        assertThat(said("www.widgetco.com")).isEqualTo("TLS: its certificate expired on 2024-01-31");
    }

    @Test
    void anAuthorityThatHasExpiredIsAFailure() throws Exception {
        signed(PAST, YEAR);
        assertThat(said("www.widgetco.com"))
                .isEqualTo("TLS: the certificate of its authority CN=Widget Root expired on 2024-01-31");
    }

    @Test
    void theFirstToExpireIsTold() throws Exception {
        signed(Span.days(20), Span.days(10));
        CheckResult result = get("www.widgetco.com", ca(), Optional.empty());
        assertThat(result.certificateUntil().orElseThrow()).isBetween(Instant.now().plus(9, ChronoUnit.DAYS),
                Instant.now().plus(11, ChronoUnit.DAYS));
    }

    @Test
    void anAuthorityThatExpiresFirstIsTold() throws Exception {
        signed(Span.days(10), Span.days(200));
        CheckResult result = get("www.widgetco.com", ca(), Optional.empty());
        assertThat(result.certificateUntil().orElseThrow()).isBefore(Instant.now().plus(11, ChronoUnit.DAYS));
    }

}
