package net.reroute.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * An SSH server on a loopback port of this process. It has one password, and runs programs of this process.
 * Thread-safe.
 */
public final class LoopbackSshServer implements AutoCloseable {

    /**
     * How the server behaves.
     *
     * @param ident software version in its SSH identification
     * @param legacy true: only the algorithms of an old device (group1 and group14 with SHA-1, ssh-rsa, CBC)
     * @param interactiveOnly true: passwords only by keyboard-interactive, not by the method "password"
     * @param lines limit of connections; further ones are closed at once
     */
    public record Behaviour(String ident, boolean legacy, boolean interactiveOnly, int lines) {

        public static final Behaviour OPENSSH = new Behaviour("OpenSSH_9.2p1", false, false, 64);
    }

    private final SshServer server;
    private final KeyPair hostKey;

    private LoopbackSshServer(SshServer server, KeyPair hostKey) {
        this.server = server;
        this.hostKey = hostKey;
    }

    /**
     * Starts a server for one user.
     *
     * @param programs makes a program for each session
     */
    public static LoopbackSshServer start(Behaviour behaviour, String user, String password,
            Supplier<LoginProgram> programs) throws IOException {
        return start(behaviour, user::equals, password, programs);
    }

    /**
     * Starts a server.
     *
     * @param users true for a user name that may log in
     * @param programs makes a program for each session
     */
    public static LoopbackSshServer start(Behaviour behaviour, Predicate<String> users, String password,
            Supplier<LoginProgram> programs) throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        KeyPair hostKey = newKey(behaviour.legacy());
        // Without this every command waits some 40 ms for a delayed acknowledgement.
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, behaviour.ident());
        CoreModuleProperties.WELCOME_BANNER.set(server, "");
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(session -> List.of(hostKey));
        server.setPasswordAuthenticator((u, p, session) -> users.test(u) && p.equals(password));
        askForPassword(server, behaviour.interactiveOnly());
        server.setShellFactory(channel -> new Running(programs.get(), Optional.empty()));
        server.setCommandFactory((channel, command) -> new Running(programs.get(), Optional.of(command)));
        server.addSessionListener(new Lines(behaviour.lines()));
        if (behaviour.legacy()) {
            makeOld(server);
        }
        server.start();
        return new LoopbackSshServer(server, hostKey);
    }

    private static void askForPassword(SshServer server, boolean interactiveOnly) {
        server.setKeyboardInteractiveAuthenticator(new PasswordOnlyLogin());
        server.setUserAuthFactories(interactiveOnly
                ? List.of(UserAuthKeyboardInteractiveFactory.INSTANCE)
                : List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE));
    }

    private static KeyPair newKey(boolean legacy) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(legacy ? "RSA" : "EC");
            generator.initialize(legacy ? 2048 : 256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("no host key could be made", e);
        }
    }

    @SuppressWarnings("deprecation") // an old device offers only these
    private static void makeOld(SshServer server) {
        server.setKeyExchangeFactories(List.of(ServerBuilder.DH2KEX.apply(BuiltinDHFactories.dhg14),
                ServerBuilder.DH2KEX.apply(BuiltinDHFactories.dhg1)));
        server.setSignatureFactories(List.of(BuiltinSignatures.rsa));
        server.setCipherFactories(List.of(BuiltinCiphers.aes128cbc, BuiltinCiphers.tripledescbc));
        server.setMacFactories(List.of(BuiltinMacs.hmacsha1));
    }

    public int port() {
        return server.getPort();
    }

    /** The server's line for a known_hosts file. */
    public String hostKeyLine() {
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(hostKey.getPublic());
    }

    /** The number of connections now. */
    public int sessions() {
        return server.getActiveSessions().size();
    }

    /** Cuts every connection without a message, as a reload does. */
    public void dropAll() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** Closes connections above the limit at once, as a device does if all its vty lines are in use. */
    private static final class Lines implements SessionListener {

        private final AtomicInteger inUse = new AtomicInteger();
        private final int most;

        Lines(int most) {
            this.most = most;
        }

        @Override
        public void sessionCreated(Session session) {
            if (inUse.incrementAndGet() > most) {
                session.close(true);
            }
        }

        @Override
        public void sessionClosed(Session session) {
            inUse.decrementAndGet();
        }
    }

    /** Runs a program on its own thread. */
    private static final class Running implements Command {

        private static final AtomicInteger COUNT = new AtomicInteger();
        /** Width of a terminal that reports none. */
        private static final int WIDTH = 80;

        private final LoginProgram program;
        private final Optional<String> command;
        private InputStream in;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback exit;
        private Thread thread;

        Running(LoginProgram program, Optional<String> command) {
            this.program = program;
            this.command = command;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            boolean terminal = environment.getEnv().containsKey(Environment.ENV_TERM);
            LoginProgram.Streams streams = new LoginProgram.Streams(in, out, terminal ? out : err,
                    terminal ? width(environment) : 0);
            thread = Thread.ofVirtual().name("simulated-" + COUNT.incrementAndGet()).start(() -> run(streams));
        }

        private static int width(Environment environment) {
            String columns = environment.getEnv().getOrDefault(Environment.ENV_COLUMNS, "");
            return columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : WIDTH;
        }

        private void run(LoginProgram.Streams streams) {
            try {
                int status = program.run(streams, command);
                streams.out().flush();
                streams.err().flush();
                exit.onExit(status);
            } catch (IOException e) {
                exit.onExit(255, "hung up");
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
