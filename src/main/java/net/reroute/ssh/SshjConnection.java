package net.reroute.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import net.reroute.core.Login;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.kex.KeyExchange;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/**
 * A connection through sshj, the default. It offers modern algorithms only; sshj's own defaults still include SHA-1,
 * CBC and arcfour.
 */
final class SshjConnection implements Connection {

    /** How long to wait for the reason why a connection died. */
    private static final Duration REASON = Duration.ofMillis(100);

    private final SSHClient client;

    private SshjConnection(SSHClient client) {
        this.client = client;
    }

    static Connection open(Login login, Duration within) throws SshException {
        SshTarget target = SshTarget.of(login);
        HostTrust trust = HostTrust.of(target);
        HostCheck check = new HostCheck(target, trust);
        List<UserKey> keys = UserKeys.of(target);
        SSHClient client = new SSHClient(modern(trust.hostKeyAlgorithms()));
        try (Deadline deadline = Deadline.closes(() -> end(client), within)) {
            client.addHostKeyVerifier(new SshjParts.Asked(check));
            client.setSocketFactory(new SshjParts.Tapped(target, check, deadline));
            client.setTimeout((int) within.toMillis());
            client.connect(target.host(), target.port());
            authenticate(client, target, keys);
            check.loggedIn();
            return new SshjConnection(client);
        } catch (SshException e) {
            end(client);
            throw e;
        } catch (IOException | RuntimeException e) {
            Exception cause = death(client, e);
            end(client);
            throw explain(login, check, keys, cause);
        }
    }

    /**
     * Returns the reader's exception if the reader thread gave up between two steps: the next step would only report
     * "not connected".
     */
    static Exception death(SSHClient client, Exception e) {
        try {
            if (e instanceof IllegalStateException && !client.getTransport().isRunning()) {
                client.getTransport().join((int) REASON.toMillis(), TimeUnit.MILLISECONDS);
            }
            return e;
        } catch (TransportException cause) {
            return cause.getCause() instanceof TimeoutException ? e : cause;
        }
    }

    private static SshException explain(Login login, HostCheck check, List<UserKey> keys, Exception e) {
        if (check.complaint().isPresent()) {
            return SshException.refused(check.complaint().get(), e);
        }
        return e instanceof UserAuthException ? Secrets.loginRefused(login, keys, e) : Secrets.noAnswer(login, e);
    }

    private static void authenticate(SSHClient client, SshTarget target, List<UserKey> keys) throws IOException {
        Login login = target.login();
        if (!keys.isEmpty()) {
            client.auth(login.user(), SshjProof.of(keys, target.userAlgorithms()));
            return;
        }
        if (login.password().isEmpty()) {
            throw SshException.refused(login + " has neither key, agent nor password in the inventory", null);
        }
        char[] password = Secrets.read(login.password().get());
        try {
            client.authPassword(login.user(), password.clone()); // sshj wipes the array
        } catch (UserAuthException e) {
            if (allowed(client).contains("password")) {
                throw e; // a second try with the same password might lock the account
            }
            client.auth(login.user(), new AuthKeyboardInteractive(new PasswordResponseProvider(
                    PasswordUtils.createOneOff(password))));
        }
    }

    private static List<String> allowed(SSHClient client) {
        return java.util.stream.StreamSupport.stream(client.getUserAuth().getAllowedMethods().spliterator(), false)
                .toList();
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
            // The connection is discarded anyway.
        }
    }

    /**
     * The sshj configuration for this login.
     *
     * @param hostKeys host key algorithms to offer, in order
     */
    private static ConfigImpl modern(List<String> hostKeys) {
        DefaultConfig defaults = SshjParts.DEFAULTS;
        ConfigImpl config = new ConfigImpl();
        config.setLoggerFactory(defaults.getLoggerFactory());
        config.setVersion(defaults.getVersion());
        config.setRandomFactory(defaults.getRandomFactory());
        config.setCompressionFactories(defaults.getCompressionFactories());
        List<Factory.Named<KeyExchange>> exchanges = new ArrayList<>(defaults.getKeyExchangeFactories());
        exchanges.add(new HybridExchange.Maker());
        config.setKeyExchangeFactories(pick(exchanges, Algorithms.KEX, Factory.Named::getName));
        config.setCipherFactories(pick(defaults.getCipherFactories(), Algorithms.CIPHERS, Factory.Named::getName));
        config.setMACFactories(pick(defaults.getMACFactories(), Algorithms.MACS, Factory.Named::getName));
        config.setKeyAlgorithms(hostKeys.stream().map(Signatures::forSshj).toList());
        config.setVerifyHostKeyCertificates(false); // HostTrust does this
        config.setKeepAliveProvider(KeepAliveProvider.HEARTBEAT);
        return config;
    }

    private static <T> List<T> pick(List<T> offered, List<String> wanted, Function<T, String> name) {
        return wanted.stream().flatMap(w -> offered.stream().filter(o -> name.apply(o).equals(w))).toList();
    }
}
