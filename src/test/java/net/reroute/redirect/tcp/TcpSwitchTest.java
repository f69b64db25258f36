package net.reroute.redirect.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import net.reroute.core.Address;
import net.reroute.core.Endpoint;
import net.reroute.core.Prefix;
import net.reroute.core.SwitchSpec;
import net.reroute.core.SwitchSpec.Choose;
import net.reroute.core.SwitchSpec.LastWords;
import net.reroute.core.SwitchSpec.Limits;
import net.reroute.core.SwitchSpec.Protocol;
import net.reroute.core.SwitchSpec.Proxy;
import net.reroute.core.SwitchSpec.Waits;
import net.reroute.lab.Lab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A switch between real sockets: clients, backends that work, and backends that do not. */
@Timeout(60)
class TcpSwitchTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int PATIENCE_MILLIS = 10_000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<ServerSocket> backends = new ArrayList<>();
    private Choose choose = Choose.IN_TURN;
    private Optional<LastWords> last = Optional.empty();
    private Waits waits = new Waits(Duration.ofSeconds(3), Duration.ofMinutes(5), Optional.empty(),
            Duration.ofSeconds(5));
    private Limits limits = new Limits(1000, 0);
    private Proxy proxy = new Proxy(List.of(), 0);
    private Map<String, List<Endpoint>> names = Map.of();
    private Duration retry = Duration.ofMinutes(1);
    private int port;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private ServerSocket backend() throws IOException {
        ServerSocket backend = new ServerSocket(0, 50, HERE);
        backend.setSoTimeout(PATIENCE_MILLIS);
        backends.add(backend);
        open.add(backend);
        return backend;
    }

    private static Endpoint at(ServerSocket socket) {
        return new Endpoint(Address.parse("127.0.0.1"), socket.getLocalPort());
    }

    private SwitchSpec spec() {
        return new SwitchSpec(new Endpoint(Address.parse("127.0.0.1"), port),
                backends.stream().map(TcpSwitchTest::at).toList(), choose, Map.of(), retry, last, waits, limits, proxy,
                names);
    }

    private TcpSwitch start() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        TcpSwitch made = TcpSwitch.start("test", spec());
        open.addFirst(made);
        return made;
    }

    private Socket client() throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(HERE, port), PATIENCE_MILLIS);
        return socket;
    }

    private Socket accepted(ServerSocket backend) throws IOException {
        Socket socket = backend.accept();
        socket.setSoTimeout(PATIENCE_MILLIS);
        open.add(socket);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            c = in.read();
        }
        return line.toString().strip();
    }

    /** A backend that has died: nothing listens there. */
    private void kill(ServerSocket backend) throws IOException {
        backend.close();
    }

    // ---- passing ---------------------------------------------------------------------------------------------------

    @Test
    void bytesGoBothWaysAndEitherEndMayStopFirst() throws IOException {
        backend();
        TcpSwitch running = start();
        Socket client = client();
        say(client, "question");
        client.shutdownOutput();
        Socket server = accepted(backends.getFirst());
        assertThat(rest(server)).as("the end of the question is passed on").isEqualTo("question");
        say(server, "answer");
        server.close();
        assertThat(rest(client)).isEqualTo("answer");
        assertThat(running.report().toBackends()).isEqualTo(8);
        assertThat(running.report().toClients()).isEqualTo(6);
    }

    @Test
    void aClientThatDoesNotReadSlowsItsBackendDownAndNothingPilesUp() throws Exception {
        backend();
        TcpSwitch running = start();
        Socket client = client();
        Socket server = accepted(backends.getFirst());
        byte[] much = new byte[64 << 20];
        Thread writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                server.getOutputStream().write(much);
                server.close();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        hear(client, 1);
        long before = -1;
        while (running.report().toClients() != before) { // until all buffers on the way are full
            before = running.report().toClients();
            writer.join(200);
        }
        assertThat(before).isLessThan(32L << 20);
        assertThat(client.getInputStream().readAllBytes()).as("and all arrives once it reads").hasSize(much.length - 1);
    }

    @Test
    void aBrokenBackendBreaksTheConnectionInsteadOfEndingIt() throws IOException {
        backend();
        start();
        Socket client = client();
        Socket server = accepted(backends.getFirst());
        say(server, "half");
        assertThat(hear(client, 4)).isEqualTo("half");
        server.setSoLinger(true, 0);
        server.close();
        assertThatThrownBy(() -> rest(client)).isInstanceOf(SocketException.class);
    }

    // ---- choosing --------------------------------------------------------------------------------------------------

    @Test
    void aBackendThatRefusesIsPassedOverUnseenAndRemembered() throws IOException {
        ServerSocket dead = backend();
        ServerSocket alive = backend();
        TcpSwitch running = start();
        kill(dead);
        for (int i = 0; i < 3; i++) {
            Socket client = client();
            say(client, "x");
            assertThat(hear(accepted(alive), 1)).isEqualTo("x");
        }
        assertThat(running.report().backends().getFirst().failed()).as("tried once, and then remembered").isEqualTo(1);
        assertThat(running.report().backends().getFirst().bad()).isTrue();
        assertThat(running.report().backends().getLast().taken()).isEqualTo(3);
    }

    @Test
    void aBackendThatSaysNothingIsPassedOverWhereItHasToGreet() throws IOException {
        ServerSocket silent = backend();
        ServerSocket good = backend();
        waits = new Waits(SHORT, Duration.ofMinutes(5), Optional.of(SHORT), SHORT);
        start();
        Socket client = client();
        accepted(silent);
        say(accepted(good), "+OK\r\n");
        assertThat(line(client)).isEqualTo("+OK");
    }

    @Test
    void aBackendThatHangsUpBeforeItGreetsIsPassedOverToo() throws IOException {
        ServerSocket first = backend();
        ServerSocket second = backend();
        ServerSocket good = backend();
        waits = new Waits(SHORT, Duration.ofMinutes(5), Optional.of(Duration.ofSeconds(9)), SHORT);
        proxy = new Proxy(List.of(), 1);
        start();
        Socket client = client();
        say(client, "early");
        accepted(first).close();
        Socket reset = accepted(second);
        reset.setSoLinger(true, 0);
        reset.close();
        Socket server = accepted(good);
        assertThat(line(server)).startsWith("PROXY TCP4");
        say(server, "+OK\r\n");
        assertThat(line(client)).isEqualTo("+OK");
        assertThat(hear(server, 5)).isEqualTo("early");
    }

    @Test
    void behindAProxyEachClientIsCountedByItself() throws IOException {
        backend();
        proxy = new Proxy(List.of(Prefix.parse("127.0.0.0/8")), 0);
        limits = new Limits(100, 1);
        start();
        for (int i = 1; i <= 3; i++) {
            say(client(), "PROXY TCP4 203.0.113." + i + " 192.0.2.1 4711 80\r\nx");
            assertThat(hear(accepted(backends.getFirst()), 1)).isEqualTo("x");
        }
    }

    @Test
    void connectionsTakeTurnsOrGoWhereFewestAre() throws IOException {
        ServerSocket one = backend();
        ServerSocket two = backend();
        choose = Choose.ROUND_ROBIN;
        TcpSwitch running = start();
        for (int i = 0; i < 2; i++) {
            client();
            client();
            accepted(one);
            accepted(two);
        }
        assertThat(running.report().backends()).extracting(SwitchReport.OfBackend::active).containsExactly(2, 2);
    }

    @Test
    void whatIsNotAllowedGetsNoNewConnectionsAndKeepsTheOldOnes() throws IOException {
        ServerSocket one = backend();
        ServerSocket two = backend();
        TcpSwitch running = start();
        Socket old = client();
        Socket there = accepted(one);
        running.allow(List.of(at(two).toString()));
        Socket fresh = client();
        say(fresh, "new");
        assertThat(hear(accepted(two), 3)).isEqualTo("new");
        say(old, "old");
        assertThat(hear(there, 3)).isEqualTo("old");
    }

    @Test
    void aReloadCutsNobody() throws IOException {
        ServerSocket one = backend();
        TcpSwitch running = start();
        Socket old = client();
        Socket there = accepted(one);
        backends.clear();
        ServerSocket two = backend();
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        running.use(spec());
        Socket fresh = client();
        say(fresh, "new");
        assertThat(hear(accepted(two), 3)).isEqualTo("new");
        say(there, "still here");
        assertThat(hear(old, 10)).isEqualTo("still here");
    }

    @Test
    void tlsIsPassedThroughAndItsNameChooses() throws Exception {
        ServerSocket one = backend();
        ServerSocket two = backend();
        names = Map.of("www.widgetco.example", List.of(at(two)));
        start();
        for (Map.Entry<String, ServerSocket> named : Map.of("www.widgetco.example", two, "other.example", one)
                .entrySet()) {
            SSLSocket client = (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(client(), "x", port,
                    true);
            SSLParameters parameters = client.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(named.getKey())));
            client.setSSLParameters(parameters);
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    client.startHandshake();
                } catch (IOException e) {
                    Thread.currentThread().interrupt(); // nobody answers
                }
            });
            assertThat(accepted(named.getValue()).getInputStream().read()).as(named.getKey()).isEqualTo(22);
        }
    }

    // ---- the PROXY protocol ----------------------------------------------------------------------------------------

    @Test
    void backendsAreToldTheClientsAddress() throws IOException {
        backend();
        for (int version : new int[]{1, 2}) {
            proxy = new Proxy(List.of(), version);
            TcpSwitch running = start();
            Socket client = client();
            say(client, "hello");
            Socket server = accepted(backends.getFirst());
            if (version == 1) {
                assertThat(line(server))
                        .isEqualTo("PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + port);
            } else {
                byte[] header = server.getInputStream().readNBytes(28);
                assertThat(ProxyHeader.SIGNATURE_TEXT)
                        .isEqualTo(new String(header, 0, 12, StandardCharsets.ISO_8859_1));
                assertThat((header[24] & 0xff) << 8 | header[25] & 0xff).isEqualTo(client.getLocalPort());
            }
            assertThat(hear(server, 5)).isEqualTo("hello");
            running.close();
        }
    }

    @Test
    void theAddressInAHeaderCountsWhereItIsTrusted() throws IOException {
        backend();
        proxy = new Proxy(List.of(Prefix.parse("127.0.0.0/8")), 1);
        start();
        Socket client = client();
        say(client, "PROXY TCP4 203.0.113.7 192.0.2.1 4711");
        say(client, " 80\r\nhello");
        Socket server = accepted(backends.getFirst());
        assertThat(line(server)).startsWith("PROXY TCP4 203.0.113.7 127.0.0.1 4711 ");
        assertThat(hear(server, 5)).isEqualTo("hello");
    }

    @Test
    void whoMustSendAHeaderAndDoesNotIsCutOff() throws IOException {
        backend();
        proxy = new Proxy(List.of(Prefix.parse("127.0.0.0/8")), 0);
        start();
        Socket client = client();
        say(client, "GET / HTTP/1.1\r\n");
        assertThatThrownBy(() -> {
            if (client.getInputStream().read() < 0) {
                throw new SocketException("ended");
            }
        }).isInstanceOf(SocketException.class);
    }

    @Test
    void aClientThatKeepsTheSwitchWaitingIsCutOff() throws IOException {
        backend();
        proxy = new Proxy(List.of(Prefix.parse("127.0.0.0/8")), 0);
        waits = new Waits(SHORT, SHORT, Optional.empty(), SHORT);
        TcpSwitch running = start();
        Socket loris = client();
        say(loris, "PROXY ");
        assertThat(loris.getInputStream().read()).isEqualTo(-1);
        proxy = new Proxy(List.of(), 0);
        running.use(spec());
        assertThat(client().getInputStream().read()).as("an idle connection").isEqualTo(-1);
        assertThat(running.report().active()).isZero();
    }

    // ---- limits ----------------------------------------------------------------------------------------------------

    @Test
    void oneClientMayHaveSoManyConnectionsAndNoMore() throws IOException {
        backend();
        limits = new Limits(100, 2);
        TcpSwitch running = start();
        Socket first = client();
        Socket there = accepted(backends.getFirst());
        client();
        accepted(backends.getFirst());
        isCutOff();
        assertThat(running.report().refused()).isEqualTo(1);
        first.close();
        there.close();
        Lab.await("the first has ended", () -> running.report().active() == 1);
        say(client(), "again");
        assertThat(hear(accepted(backends.getFirst()), 5)).isEqualTo("again");
    }

    /** A new connection is ended at once. */
    private void isCutOff() {
        assertThatThrownBy(() -> {
            if (client().getInputStream().read() < 0) {
                throw new SocketException("ended");
            }
        }).isInstanceOf(SocketException.class);
    }

    @Test
    void aFullSwitchLetsMoreWaitUntilOthersEnd() throws IOException {
        backend();
        limits = new Limits(1, 0);
        start();
        Socket first = client();
        Socket there = accepted(backends.getFirst());
        Socket waiting = client(); // in the kernel's queue
        say(waiting, "me");
        first.close();
        assertThat(there.getInputStream().read()).isEqualTo(-1);
        there.close();
        assertThat(hear(accepted(backends.getFirst()), 2)).isEqualTo("me");
    }

    @Test
    void aPortThatIsInUseIsToldOfWithTheCommandThatNamesItsHolder() throws IOException {
        ServerSocket taken = backend();
        port = taken.getLocalPort();
        assertThatThrownBy(() -> TcpSwitch.start("test", spec()))
                .hasMessageContaining("cannot listen at 127.0.0.1:" + port + ": another program does")
                .hasMessageContaining("ss -Hltnp sport = :" + port);
    }

    @Test
    void anAddressThatThisMachineDoesNotHaveIsToldOf() {
        SwitchSpec elsewhere = new SwitchSpec(new Endpoint(Address.parse("192.0.2.1"), 4711), List.of(), choose,
                Map.of(),
                retry, last, waits, limits, proxy, names);
        assertThatThrownBy(() -> TcpSwitch.start("test", elsewhere)).hasMessageContaining("does not have the address");
    }

    // ---- last words ------------------------------------------------------------------------------------------------

    private Socket left(Protocol protocol, String text) throws IOException {
        ServerSocket dead = backend();
        last = Optional.of(new LastWords(protocol, text, Duration.ofSeconds(30)));
        start();
        kill(dead);
        return client();
    }

    @Test
    void aPop3ClientIsToldInTheAnswerToItsPassword() throws IOException {
        Socket client = left(Protocol.POP3, "Mailboxes are being moved; try again at nine");
        assertThat(line(client)).startsWith("+OK");
        say(client, "USER anna\r\n");
        assertThat(line(client)).isEqualTo("+OK");
        say(client, "PASS secret\r\n");
        assertThat(line(client)).isEqualTo("-ERR [SYS/TEMP] Mailboxes are being moved; try again at nine");
        say(client, "QUIT\r\n");
        assertThat(rest(client)).isEqualTo("+OK\r\n");
    }

    @Test
    void anHttpClientGets503WithTheTimeToTryAgain() throws IOException {
        Socket client = left(Protocol.HTTP, "back at nine");
        say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(rest(client)).startsWith("HTTP/1.1 503 Service Unavailable\r\n").contains("Retry-After: 30\r\n")
                .endsWith("\r\n\r\nback at nine\n");
    }

    @Test
    void smtpAndImapAndLinesOfOnesOwnAreSaidAtOnce() throws IOException {
        assertThat(rest(left(Protocol.SMTP, "try later"))).isEqualTo("421 try later\r\n");
        backends.clear();
        assertThat(rest(left(Protocol.IMAP, "try later"))).isEqualTo("* BYE try later\r\n");
        backends.clear();
        assertThat(rest(left(Protocol.LINES, "one\ntwo"))).isEqualTo("one\r\ntwo\r\n");
    }

    @Test
    void withoutLastWordsTheConnectionEnds() throws IOException {
        ServerSocket dead = backend();
        start();
        kill(dead);
        isCutOff();
    }
}
