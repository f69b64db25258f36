package net.reroute.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Timers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks against peers that behave and peers that do not. No deadline here is waited out by the peer: it never ends. */
@Timeout(60)
class ChecksTest extends PeerFixture {

    @Test
    void asksWithHostHeaderAndPutsAddressesIn() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        CheckResult result = run(http("/for/{service}?{server}", any()), PATIENCE);
        assertThat(result.ok()).as(result.said()).isTrue();
        assertThat(result.said()).isEqualTo("HTTP 200");
        assertThat(heard.get()).startsWith("GET /for/192.168.1.33?127.0.0.1 HTTP/1.1\r\nHost: www.widgetco.com:"
                + server.getLocalPort() + "\r\n").contains("Connection: close\r\n");
    }

    @Test
    void anotherStatusIsAFailure() {
        answers("HTTP/1.1 503 Sorry\r\n\r\n");
        assertThat(get(any(), PATIENCE)).extracting(CheckResult::ok, CheckResult::said).containsExactly(false,
                "HTTP 503");
    }

    @Test
    void aRedirectIsGoodUnlessAStatusIsWanted() {
        answers("HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n");
        assertThat(get(any(), PATIENCE).ok()).isTrue();
        assertThat(get(body("x"), PATIENCE).said()).isEqualTo("HTTP 302");
    }

    @Test
    void findsTextInABodyWithAnyFraming() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nab</html>cdTOOLATE");
        assertThat(get(body("</html>"), PATIENCE).ok()).isTrue();
        assertThat(get(body("TOOLATE"), PATIENCE).said()).isEqualTo("HTTP 200 without the wanted text");
    }

    @Test
    void findsTextThatIsCutByChunks() {
        answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nab</\r\n5\r\nhtml>\r\n0\r\n\r\n");
        assertThat(get(body("</html>"), PATIENCE).ok()).isTrue();
    }

    @Test
    void findsTextInABodyThatEndsWithTheConnection() {
        answers("HTTP/1.0 200 OK\r\n\r\n<html>fine</html>");
        assertThat(get(body("</html>"), PATIENCE).ok()).isTrue();
        assertThat(get(new Expected(Set.of(), Optional.empty(), Optional.of("f.ne")), PATIENCE).ok()).isTrue();
    }

    @Test
    void readsSixtyFourKilobytesAndNoMore() {
        peer(socket -> {
            request(socket);
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(new byte[8192]);
            }
        });
        assertThat(get(body("</html>"), PATIENCE).said()).isEqualTo("HTTP 200 without the wanted text");
    }

    @Test
    void headersWithoutEndAreAFailure() {
        peer(socket -> {
            request(socket);
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write("X: y\r\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        assertThat(get(any(), PATIENCE).said()).isEqualTo("headers without end");
    }

    @Test
    void aPeerThatAcceptsAndSaysNothingIsNoAnswer() {
        peer(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
        assertThat(get(any(), SHORT)).extracting(CheckResult::ok, CheckResult::said).containsExactly(false,
                "no answer in 200ms");
    }

    @Test
    void aPeerThatDribblesDoesNotOutlastTheDeadline() {
        peer(socket -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write('x');
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
            }
        });
        assertThat(get(body("</html>"), SHORT).said())
                .isEqualTo("HTTP 200, the wanted text did not come in 200ms");
    }

    @Test
    void aPeerThatHangsUpIsAFailure() {
        peer(PeerFixture::request);
        assertThat(get(any(), PATIENCE).ok()).isFalse();
    }

    @Test
    void somethingElseThanHttpIsAFailure() {
        answers("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n");
        assertThat(get(any(), PATIENCE).said()).isEqualTo("no HTTP: 'SSH-2.0-OpenSSH_9.2'");
    }

    @Test
    void aPeerThatNeverShakesHandsOverTlsDoesNotOutlastTheDeadline() {
        peer(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
        Http https = new Http(new Request(true, "{server}", server.getLocalPort(), "/", Optional.of("w.example")),
                any(),
                new CertificateTrust(Optional.empty(), Optional.empty()));
        assertThat(run(https, SHORT).said()).isEqualTo("no answer in 200ms");
    }

    @Test
    void tcpConnects() {
        peer(socket -> {
        });
        CheckSpec.Test tcp = new CheckSpec.Test.Tcp("{server}:" + server.getLocalPort());
        assertThat(run(tcp, PATIENCE).said()).isEqualTo("connected to port " + server.getLocalPort());
    }

    @Test
    void aClosedPortIsRefused() throws IOException {
        CheckSpec.Test tcp = new CheckSpec.Test.Tcp("127.0.0.1:" + server.getLocalPort());
        server.close();
        assertThat(run(tcp, PATIENCE)).extracting(CheckResult::ok, CheckResult::said).containsExactly(false,
                "connection refused");
    }

    @Test
    void icmpAnswersFromThisMachine() {
        assertThat(run(new CheckSpec.Test.Icmp("{server}"), PATIENCE).said()).isEqualTo("answered");
        assertThat(run(new CheckSpec.Test.Icmp("::1"), PATIENCE).said()).isEqualTo("answered");
    }

    @Test
    void icmpToWhereNobodyAnswersEndsAtItsDeadline() {
        // 240/4 is reserved (RFC 1112) and routed nowhere; whatever the kernel says to it, it is no answer
        assertThat(run(new CheckSpec.Test.Icmp("240.0.0.1"), SHORT).ok()).isFalse();
    }

    @Test
    void manyPingsAtOnceAreToldApart() throws InterruptedException, IOException {
        Timers timers = new Timers(PATIENCE, PATIENCE, PATIENCE, 3, 3);
        CheckSpec spec = new CheckSpec("up", new CheckSpec.Test.Icmp("{server}"), timers);
        java.util.concurrent.atomic.AtomicInteger good = new java.util.concurrent.atomic.AtomicInteger();
        try (Checks checks = Checks.of(List.of(spec), InstantSource.system(), CheckConnector.DIRECT)) {
            List<Thread> threads = new java.util.ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                Address address = Address.parse("127.0." + (i >> 8) + "." + (i % 254 + 1));
                threads.add(Thread.ofVirtual().start(() -> good.addAndGet(
                        checks.named("up").run(address, SERVICE).ok() ? 1 : 0)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(good.get()).isEqualTo(1000);
    }
}
