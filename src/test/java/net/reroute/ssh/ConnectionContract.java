package net.reroute.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import net.reroute.core.Login;
import net.reroute.ssh.SshException.Failure;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every implementation of Connection does, and the shell kept over it. */
@Timeout(60)
abstract class ConnectionContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private SshServerFixture server;

    abstract boolean throughJsch();

    @BeforeEach
    void start() {
        server = new SshServerFixture(folder);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Login good() {
        return server.login(server.port(), "key", null, "known_hosts", throughJsch());
    }

    private SshException refused(Login login) {
        SshException e = catchThrowableOfType(SshException.class, () -> Shell.open(login, PATIENCE).close());
        assertThat(e).isNotNull();
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(Failure.REFUSED);
        return e;
    }

    @Test
    void runsCommandsInOneShellAndTellsTheirStatus() throws SshException {
        try (Shell shell = Shell.open(good(), PATIENCE)) {
            assertThat(shell.run("x=5; echo a; echo b >&2; false", PATIENCE))
                    .isEqualTo(new Shell.Output(1, "a\n", "b\n"));
            assertThat(shell.run("echo $x; cat", PATIENCE)).isEqualTo(new Shell.Output(0, "5\n", ""));
            assertThat(shell.run("", PATIENCE)).isEqualTo(new Shell.Output(0, "", ""));
        }
    }

    /** Ten times: the secret of the hybrid one begins with a zero in one case of 256, and with a high bit in one of two. */
    @ParameterizedTest
    @EnumSource(value = BuiltinDHFactories.class, names = {"mlkem768x25519", "curve25519", "ecdhp256", "dhg14_256",
            "dhg16_512"})
    void exchangesKeysByWhatIsModern(BuiltinDHFactories only) throws SshException {
        server.exchangesKeysBy(only);
        for (int i = 0; i < 10; i++) {
            try (Shell shell = Shell.open(good(), PATIENCE)) {
                assertThat(shell.run("echo in", PATIENCE).out()).isEqualTo("in\n");
            }
        }
    }

    @Test
    void offersNothingOfYesterday() {
        server.authenticatesBy(BuiltinMacs.hmacsha1);
        SshException e = catchThrowableOfType(SshException.class, () -> Shell.open(good(), PATIENCE).close());
        assertThat(e).isNotNull();
        server.exchangesKeysBy(BuiltinDHFactories.fromFactoryName("diffie-hellman-group14-sha1"));
        assertThat(catchThrowableOfType(SshException.class, () -> Shell.open(good(), PATIENCE).close())).isNotNull();
    }

    @Test
    void logsInWithAPasswordFromAFile() throws SshException {
        try (Shell shell = Shell.open(server.login(server.port(), null, "password", "known_hosts", throughJsch()),
                PATIENCE)) {
            assertThat(shell.run("echo in", PATIENCE).out()).isEqualTo("in\n");
        }
    }

    @Test
    void quotedWordsArriveAsTheyAre() throws SshException {
        String nasty = "a'b\"c $(reboot) `id` \\ ; & | \n * é";
        try (Shell shell = Shell.open(good(), PATIENCE)) {
            assertThat(shell.run("printf %s " + Shell.quote(nasty), PATIENCE).out()).isEqualTo(nasty);
        }
    }

    @Test
    void bringsLargeAnswersWhole() throws SshException {
        try (Shell shell = Shell.open(good(), PATIENCE)) {
            Shell.Output answer = shell.run("seq 1 300000", PATIENCE);
            assertThat(answer.out().lines().count()).isEqualTo(300_000);
            assertThat(shell.run("echo still there", PATIENCE).out()).isEqualTo("still there\n");
        }
    }

    @Test
    void takesLargeScriptsWhole() throws SshException {
        String lines = "line of a batch\n".repeat(60_000);
        try (Shell shell = Shell.open(good(), PATIENCE)) {
            Shell.Output answer = shell.run("wc -l <<'END'\n" + lines + "END", PATIENCE);
            assertThat(answer.out().strip()).isEqualTo("60000");
        }
    }

    @Test
    void outputWithoutAnEndOfLineIsNotLost() throws SshException {
        try (Shell shell = Shell.open(good(), PATIENCE)) {
            assertThat(shell.run("printf abc", PATIENCE).out()).isEqualTo("abc");
        }
    }

    @Test
    void aCommandWithoutEndClosesTheShellAtItsDeadline() throws SshException {
        try (Shell shell = Shell.open(good(), PATIENCE)) {
            SshException e = catchThrowableOfType(SshException.class, () -> shell.run("sleep 600", SHORT));
            assertThat(e.kind()).isEqualTo(Failure.UNREACHABLE);
            assertThat(e).hasMessageContaining("did not answer").hasMessageContaining("300ms");
            assertThat(shell.isOpen()).isFalse();
        }
    }

    @Test
    void anEndlessAnswerEndsAtTheDeadline() throws SshException {
        try (Shell shell = Shell.open(good(), PATIENCE)) {
            SshException e = catchThrowableOfType(SshException.class, () -> shell.run("yes", SHORT));
            assertThat(e.kind()).isEqualTo(Failure.UNREACHABLE);
        }
    }

    @Test
    void aLostConnectionIsUnreachable() throws SshException {
        try (Shell shell = Shell.open(good(), PATIENCE)) {
            server.dropAll();
            SshException e = catchThrowableOfType(SshException.class, () -> shell.run("echo", PATIENCE));
            assertThat(e.kind()).isEqualTo(Failure.UNREACHABLE);
        }
    }

    @Test
    void anUnknownHostKeyIsRefusedWithItsFingerprint() {
        SshException e = refused(server.login(server.port(), "key", null, "empty_known_hosts", throughJsch()));
        assertThat(e).hasMessageContaining("is not in").hasMessageContaining(server.fingerprint())
                .hasMessageContaining("ssh-keygen -lf /etc/ssh/ssh_host_ecdsa_key.pub")
                .hasMessageContaining("ssh-keyscan -p " + server.port() + " -t ecdsa 127.0.0.1 >> ");
    }

    @Test
    void aChangedHostKeyIsRefused() {
        SshException e = refused(server.login(server.port(), "key", null, "wrong_known_hosts", throughJsch()));
        assertThat(e).hasMessageContaining("is not the one in").hasMessageContaining("somebody else answers")
                .hasMessageContaining(server.fingerprint()).hasMessageContaining("ssh-keygen -lF '[127.0.0.1]:");
    }

    @Test
    void aMissingKnownHostsFileIsRefused() {
        SshException e = refused(server.login(server.port(), "key", null, "nowhere", throughJsch()));
        assertThat(e).hasMessageContaining("cannot be read; make it with ssh-keyscan");
    }

    @Test
    void aRefusedKeyIsNotUnreachable() {
        SshException e = refused(server.login(server.port(), "stranger", null, "known_hosts", throughJsch()));
        assertThat(e).hasMessageContaining("refused the login with the key").hasMessageContaining("try it by hand");
    }

    @Test
    void aRefusedPasswordIsNotRepeated() {
        SshException e = refused(server.login(server.port(), null, "wrong-password", "known_hosts", throughJsch()));
        assertThat(e).hasMessageContaining("refused the login with the password");
    }

    @Test
    void aKeyWithAPassphraseIsRefusedWithWhatToDo() {
        SshException e = refused(server.login(server.port(), "locked", null, "known_hosts", throughJsch()));
        assertThat(e).hasMessageContaining("has a passphrase; load it into an ssh-agent");
    }

    @Test
    void aClosedPortIsUnreachable() throws IOException {
        int port;
        try (ServerSocket free = SshServerFixture.silent()) {
            port = free.getLocalPort();
        }
        SshException e = catchThrowableOfType(SshException.class,
                () -> Shell.open(server.login(port, "key", null, "known_hosts", throughJsch()), PATIENCE));
        assertThat(e.kind()).isEqualTo(Failure.UNREACHABLE);
        assertThat(e).hasMessageContaining("cannot be reached");
    }

    @Test
    void aPeerThatAcceptsAndSaysNothingIsUnreachableAtTheDeadline() throws IOException {
        try (ServerSocket silent = SshServerFixture.silent()) {
            Login login = server.login(silent.getLocalPort(), "key", null, "known_hosts", throughJsch());
            SshException e = catchThrowableOfType(SshException.class, () -> Shell.open(login, SHORT));
            assertThat(e.kind()).isEqualTo(Failure.UNREACHABLE);
        }
    }

    @Test
    void connectsForUsToWhatListensThere() throws IOException {
        try (ServerSocket web = SshServerFixture.silent(); Connection connection = Connections.open(good(), PATIENCE)) {
            Thread.ofVirtual().start(() -> echoOnce(web));
            Connection.Remote through = connection.forward("127.0.0.1", web.getLocalPort());
            through.in().write("hello".getBytes(StandardCharsets.US_ASCII));
            through.in().flush();
            byte[] answer = new byte[5];
            new DataInputStream(through.out()).readFully(answer); // sshj waits for ever in a read of nothing
            assertThat(answer).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
            through.end().run();
            assertThat(connection.isOpen()).isTrue();
        }
    }

    private static void echoOnce(ServerSocket web) {
        try (Socket socket = web.accept()) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPortThatNothingListensOnThereIsNotABrokenConnection() throws IOException {
        int port;
        try (ServerSocket free = SshServerFixture.silent()) {
            port = free.getLocalPort();
        }
        try (Connection connection = Connections.open(good(), PATIENCE)) {
            assertThat(catchThrowableOfType(ConnectException.class, () -> connection.forward("127.0.0.1", port)))
                    .isNotNull();
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void aMachineThatConnectsNowhereIsRefusedWithWhatToDo() throws IOException {
        server.forwards(false);
        try (Connection connection = Connections.open(good(), PATIENCE)) {
            SshException e = catchThrowableOfType(SshException.class, () -> connection.forward("127.0.0.1", 80));
            assertThat(e.kind()).isEqualTo(Failure.REFUSED);
            assertThat(e).hasMessageContaining("AllowTcpForwarding local")
                    .hasMessageContaining("permitopen=\"127.0.0.1:80\"");
        }
    }

    @Test
    void aWaitForWhatIsForwardedEndsWithIt() throws Exception {
        try (ServerSocket web = SshServerFixture.silent(); Connection connection = Connections.open(good(), PATIENCE)) {
            Connection.Remote through = connection.forward("127.0.0.1", web.getLocalPort());
            Thread.ofVirtual().start(() -> {
                quietly(through.out());
                through.end().run();
            });
            assertThat(ended(through)).isTrue();
        }
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean ended(Connection.Remote through) {
        try {
            return through.out().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
