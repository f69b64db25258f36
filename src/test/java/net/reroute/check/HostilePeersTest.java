package net.reroute.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Test.Tcp;
import net.reroute.core.Login;
import net.reroute.ssh.Connections;
import net.reroute.ssh.SshServerFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that always have something to say, or something that takes long to look through, and say it to many checks at once. */
@Timeout(120)
class HostilePeersTest extends PeerFixture {

    private static final int OF_EACH_KIND = 8;
    private static final Duration WITHIN = Duration.ofSeconds(1);
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @TempDir
    Path folder;

    /** Says the first once and the second for ever, to everybody who comes. */
    private static ServerSocket floods(String first, String then, boolean waitsForRequest) {
        ServerSocket flood = open();
        byte[] again = then.repeat(Math.max(1, 8192 / then.length())).getBytes(StandardCharsets.ISO_8859_1);
        Thread.ofPlatform().daemon().start(() -> {
            while (!flood.isClosed()) {
                try {
                    Socket socket = flood.accept();
                    Thread.ofPlatform().daemon().start(() -> flood(socket, first, again, waitsForRequest));
                } catch (IOException e) {
                    return; // the test is over
                }
            }
        });
        return flood;
    }

    private static void flood(Socket socket, String first, byte[] then, boolean waitsForRequest) {
        try (socket) {
            if (waitsForRequest) {
                request(socket);
            }
            OutputStream out = socket.getOutputStream();
            out.write(first.getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                out.write(then);
            }
        } catch (IOException e) {
            return; // it hung up, as it should
        }
    }

    private String asked(ServerSocket flood, Optional<String> regex, boolean tls) {
        Http http = new Http(new Request(tls, "{server}", flood.getLocalPort(), "/", Optional.empty()),
                new Expected(Set.of(200), Optional.empty(), regex),
                new CertificateTrust(Optional.empty(), Optional.empty()));
        return run(http, WITHIN).said();
    }

    @Test
    void headersAndChunksWithoutEndAreAFailure() throws IOException {
        try (ServerSocket interim = floods("", "HTTP/1.1 100 Continue\r\n\r\n", true);
                ServerSocket fields = floods(OK, "a: b\r\n", true);
                ServerSocket chunks = floods(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", true)) {
            assertThat(asked(interim, Optional.empty(), false)).startsWith("only interim answers");
            assertThat(asked(fields, Optional.empty(), false)).isEqualTo("headers without end");
            assertThat(asked(chunks, Optional.of("</html>"), false)).startsWith("HTTP 200");
        }
    }

    @Test
    void anExpressionThatTakesTooLongInABodyIsAFailureThatSaysSo() throws IOException {
        try (ServerSocket body = floods(OK + "Content-Length: 60000\r\n\r\n" + "a".repeat(60_000), "x", true)) {
            assertThat(asked(body, Optional.of("a*a*a*b"), false)).startsWith("HTTP 200, looking for body-regex takes"
                    + " too long").endsWith("write it simpler");
        }
    }

    @Test
    void aBodyThatComesInManyPiecesIsNotSearchedAnewForEachOfThem() {
        peer(socket -> {
            request(socket);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write((OK + "Content-Length: 30009\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 3000; i++) {
                socket.getOutputStream().write("0123456789".getBytes(StandardCharsets.US_ASCII));
            }
            socket.getOutputStream().write("fine-page".getBytes(StandardCharsets.US_ASCII));
        });
        Expected wanted = new Expected(Set.of(200), Optional.empty(), Optional.of("f[a-z]+-page"));
        assertThat(get(wanted, PATIENCE).said()).isEqualTo("HTTP 200");
    }

    private String login(ServerSocket at, boolean jsch) throws IOException {
        SshServerFixture files = new SshServerFixture(Files.createTempDirectory(folder, "ssh"));
        try {
            Login login = files.login(at.getLocalPort(), "key", null, "known_hosts", jsch);
            Connections.open(login, PATIENCE).close();
            return "let in";
        } catch (IOException e) {
            return e.getMessage();
        } finally {
            files.close();
        }
    }

    private static String packet(String payload) {
        int padding = 8 + (8 - (5 + payload.length()) % 8) % 8;
        int length = 1 + payload.length() + padding;
        return "" + (char) 0 + (char) 0 + (char) (length >> 8) + (char) (length & 255) + (char) padding + payload
                + "\0".repeat(padding);
    }

    @Test
    void aMachineThatGreetsWithoutEndIsGivenUpLongBeforeTheTimeOfALogin() throws IOException {
        String ignore = packet("\u0002" + "\0\0\0\u0001x"); // SSH_MSG_IGNORE
        try (ServerSocket lines = floods("", "hello\r\n", false);
                ServerSocket line = floods("", "x", false);
                ServerSocket packets = floods("SSH-2.0-x\r\n", ignore, false)) {
            for (boolean jsch : new boolean[]{false, true}) {
                long begun = System.nanoTime();
                assertThat(login(lines, jsch)).contains("that is no SSH server");
                assertThat(login(line, jsch)).contains("that is no SSH server");
                login(packets, jsch);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
            }
        }
    }

    /** Before any key is verified, and whatever library listens. */
    @Test
    void whatAMachineSaysAtTheLoginIsTextAndShort() throws IOException {
        String evil = "fine\u001b[2J\u001b]0;x\u0007\r\n2026-01-01 05:00:00.000 INFO  forged\u009b" + "x".repeat(5000);
        String goodbye = packet("\u0001" + "\0\0\0\u0002" + (char) 0 + (char) 0 + (char) (evil.length() >> 8)
                + (char) (evil.length() & 255) + evil + "\0\0\0\0");
        String lists = packet("\u0014" + "0123456789abcdef"
                + (((char) 0 + "" + (char) 0 + (char) (evil.length() >> 8) + (char) (evil.length() & 255)) + evil)
                        .repeat(10)
                + "\0\0\0\0\0");
        try (ServerSocket version = floods("SSH-2.0-" + evil + "\r\n", goodbye, false);
                ServerSocket leaves = floods("SSH-2.0-x\r\n" + goodbye, goodbye, false);
                ServerSocket names = floods("SSH-2.0-x\r\n" + lists, goodbye, false)) {
            for (ServerSocket at : List.of(version, leaves, names)) {
                for (boolean jsch : new boolean[]{false, true}) {
                    assertThat(login(at, jsch)).matches("[^\\p{Cc}\\p{Cf}]*").hasSizeLessThan(1100);
                }
            }
        }
        try (ServerSocket web = floods("fine\u001b[2J\u009b\r\nforged", "x\n", true)) {
            assertThat(asked(web, Optional.empty(), false)).startsWith("no HTTP: 'fine[2J")
                    .matches("[^\\p{Cc}\\p{Cf}]*");
        }
    }

    @Test
    void theyKeepNobodyElseFromBeingChecked() throws Exception {
        List<ServerSocket> all = List.of(floods("", "HTTP/1.1 100 Continue\r\n\r\n", true),
                floods(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", true),
                floods(OK + "Content-Length: 60000\r\n\r\n" + "a".repeat(60_000), "x", true),
                floods("", "\u0016\u0003\u0003\0\0", false));
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> checks = new ArrayList<>();
        for (ServerSocket flood : all) {
            for (int i = 0; i < OF_EACH_KIND; i++) {
                checks.add(Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        asked(flood, Optional.of("a*a*a*b"), flood == all.getLast());
                    }
                }));
            }
        }
        try (ServerSocket greets = floods("", "hello\r\n", false)) {
            for (int i = 0; i < OF_EACH_KIND; i++) {
                boolean jsch = i % 2 == 0;
                checks.add(Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        try {
                            login(greets, jsch);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }));
            }
            CountDownLatch found = new CountDownLatch(50);
            Thread.ofVirtual().start(() -> {
                while (found.getCount() > 0) {
                    assertThat(run(new Tcp("{server}:1"), WITHIN).said()).isEqualTo("connection refused");
                    found.countDown();
                }
            });
            assertThat(found.await(90, TimeUnit.SECONDS)).isTrue();
        } finally {
            over.set(true);
            for (Thread check : checks) {
                check.join();
            }
            for (ServerSocket flood : all) {
                flood.close();
            }
        }
    }
}
