package net.reroute.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.SocketFactory;
import net.reroute.core.Login;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** The default: sshj, with modern algorithms only. */
final class SshjConnection implements Connection {

    /** sshj's own defaults still offer SHA-1, CBC and arcfour, some of them first. */
    private static final List<String> KEX = List.of("curve25519-sha256", "curve25519-sha256@libssh.org",
            "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512",
            "diffie-hellman-group14-sha256", "diffie-hellman-group-exchange-sha256");
    private static final List<String> CIPHERS = List.of("aes128-gcm@openssh.com", "aes256-gcm@openssh.com",
            "chacha20-poly1305@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr");
    private static final List<String> MACS = List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com",
            "hmac-sha2-256", "hmac-sha2-512");
    private static final List<String> KEYS = List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256");
    private static final DefaultConfig MODERN = modern();

    private final SSHClient client;

    private SshjConnection(SSHClient client) {
        this.client = client;
    }

    static Connection open(Login login, Duration within) throws SshException {
        SSHClient client = new SSHClient(MODERN);
        KnownHosts known = null;
        try (Deadline deadline = Deadline.closes(() -> end(client), within)) {
            known = new KnownHosts(login);
            client.addHostKeyVerifier(known);
            client.setSocketFactory(new NoDelay());
            client.setConnectTimeout(deadline.leftMillis());
            client.setTimeout((int) within.toMillis());
            client.connect(login.host(), login.port());
            authenticate(client, login);
            return new SshjConnection(client);
        } catch (SshException e) {
            end(client);
            throw e;
        } catch (IOException | RuntimeException e) {
            end(client);
            throw explain(login, known, e);
        }
    }

    private static SshException explain(Login login, KnownHosts known, Exception e) {
        if (known == null) {
            return SshException.refused("the known-hosts file " + login.knownHosts() + " cannot be read; make it with"
                    + " ssh-keyscan -p " + login.port() + " " + login.host(), e);
        }
        if (known.complaint != null) {
            return SshException.refused(known.complaint, e);
        }
        return e instanceof UserAuthException ? Secrets.loginRefused(login, e) : Secrets.noAnswer(login, e);
    }

    private static void authenticate(SSHClient client, Login login) throws IOException {
        if (login.key().isPresent()) {
            client.authPublickey(login.user(), load(client, login.key().get()));
            return;
        }
        if (login.password().isEmpty()) {
            throw SshException.refused(login + " has neither key, agent nor password in the inventory", null);
        }
        char[] password = Secrets.read(login.password().get());
        try {
            client.authPassword(login.user(), password.clone()); // which wipes what it is given
        } catch (UserAuthException e) {
            if (allowed(client).contains("password")) {
                throw e; // the same password once more by another method would be a second try on the way to a lockout
            }
            client.auth(login.user(), new AuthKeyboardInteractive(new PasswordResponseProvider(
                    PasswordUtils.createOneOff(password))));
        }
    }

    private static List<String> allowed(SSHClient client) {
        return java.util.stream.StreamSupport.stream(client.getUserAuth().getAllowedMethods().spliterator(), false)
                .toList();
    }

    private static KeyProvider load(SSHClient client, Path key) throws SshException {
        try {
            KeyProvider provider = client.loadKeys(key.toString());
            provider.getPrivate();
            return provider;
        } catch (IOException e) {
            String why = e + " " + e.getCause();
            if (why.matches("(?is).*(passphrase|password|decrypt|encrypted).*")) {
                throw Secrets.locked(key, e);
            }
            throw SshException.refused("the key " + key + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Remote start(String command) throws SshException {
        try {
            Session session = client.startSession();
            Session.Command running = session.exec(command);
            return new Remote(running.getOutputStream(), running.getInputStream(), running.getErrorStream(),
                    () -> quietly(session));
        } catch (IOException | RuntimeException e) {
            throw SshException.unreachable("the connection broke: " + e.getMessage(), e);
        }
    }

    @Override
    public Remote terminal() throws SshException {
        try {
            Session session = client.startSession();
            session.allocatePTY(TERMINAL, COLUMNS, ROWS, 0, 0, Map.of());
            Session.Shell shell = session.startShell();
            return new Remote(shell.getOutputStream(), shell.getInputStream(), shell.getErrorStream(),
                    () -> quietly(session));
        } catch (IOException | RuntimeException e) {
            throw SshException.unreachable("the connection broke: " + e.getMessage(), e);
        }
    }

    @Override
    public Remote forward(String host, int port) throws IOException {
        try {
            DirectConnection channel = client.newDirectConnection(host, port);
            return new Remote(channel.getOutputStream(), channel.getInputStream(), InputStream.nullInputStream(),
                    () -> quietly(channel));
        } catch (OpenFailException e) {
            if (e.getReason() == OpenFailException.Reason.CONNECT_FAILED) {
                throw (ConnectException) new ConnectException(e.getMessage()).initCause(e);
            }
            throw Connection.notForwarded(host, port, e);
        } catch (IOException | RuntimeException e) {
            throw SshException.unreachable("the connection broke: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isOpen() {
        return client.isConnected() && client.isAuthenticated();
    }

    @Override
    public void close() {
        end(client);
    }

    private static void end(SSHClient client) {
        quietly(client);
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // A connection that is being thrown away owes nobody a clean goodbye.
        }
    }

    private static DefaultConfig modern() {
        DefaultConfig config = new DefaultConfig();
        config.setKeyExchangeFactories(pick(config.getKeyExchangeFactories(), KEX, Factory.Named::getName));
        config.setCipherFactories(pick(config.getCipherFactories(), CIPHERS, Factory.Named::getName));
        config.setMACFactories(pick(config.getMACFactories(), MACS, Factory.Named::getName));
        config.setKeyAlgorithms(pick(config.getKeyAlgorithms(), KEYS, Factory.Named::getName));
        config.setKeepAliveProvider(KeepAliveProvider.HEARTBEAT);
        return config;
    }

    private static <T> List<T> pick(List<T> offered, List<String> wanted, Function<T, String> name) {
        return wanted.stream().flatMap(w -> offered.stream().filter(o -> name.apply(o).equals(w))).toList();
    }

    /** Remembers why a host key was not accepted, which sshj's exception does not tell. */
    private static final class KnownHosts extends OpenSSHKnownHosts {

        private final Login login;
        private String complaint;

        KnownHosts(Login login) throws IOException {
            super(login.knownHosts().toFile());
            if (!login.knownHosts().toFile().canRead()) {
                throw new IOException("cannot read " + login.knownHosts());
            }
            this.login = login;
        }

        @Override
        protected boolean hostKeyUnverifiableAction(String hostname, PublicKey key) {
            complaint = HostKeys.unknown(login, SecurityUtils.getFingerprint(key));
            return false;
        }

        @Override
        protected boolean hostKeyChangedAction(String hostname, PublicKey key) {
            complaint = HostKeys.changed(login, SecurityUtils.getFingerprint(key));
            return false;
        }
    }

    /** Without TCP_NODELAY every small command waits for a delayed acknowledgement, some 40 ms. */
    private static final class NoDelay extends SocketFactory {

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("sshj connects by itself");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException("sshj connects by itself");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("sshj connects by itself");
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException("sshj connects by itself");
        }
    }
}
