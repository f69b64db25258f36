package net.reroute.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Login;
import net.reroute.core.Login.Secret;

/**
 * A connection through jsch, for logins that need ssh-agent, an OpenSSH configuration or an old device's algorithms.
 * Its default algorithms are modern; {@code legacy} appends old ones.
 */
final class JschConnection implements Connection {

    private static final int CHANNEL_MILLIS = 5000;
    /** SSH_OPEN_CONNECT_FAILED (RFC 4254 section 5.1). */
    private static final int CONNECT_FAILED = 2;

    private final Session session;

    private JschConnection(Session session) {
        this.session = session;
    }

    static Connection open(Login login, Duration within) throws SshException {
        SshTarget target = SshTarget.of(login);
        HostTrust trust = HostTrust.of(target);
        HostCheck check = new HostCheck(target, trust);
        List<UserKey> keys = UserKeys.of(target);
        Session session = null;
        try {
            session = prepare(target, trust.hostKeyAlgorithms(), keys);
            session.setHostKeyRepository(new JschParts.Asked(check));
            Session opening = session;
            try (Deadline deadline = Deadline.closes(opening::disconnect, within)) {
                opening.setSocketFactory(new JschParts.Tapped(target, check, deadline));
                opening.connect(deadline.leftMillis());
                check.loggedIn();
            }
            return new JschConnection(session);
        } catch (JSchException | IOException | RuntimeException e) { // jsch throws these on malformed packets
            if (session != null) {
                session.disconnect();
            }
            throw explain(login, check, keys, e);
        }
    }

    private static Session prepare(SshTarget target, List<String> hostKeys, List<UserKey> keys)
            throws JSchException, IOException {
        JSch jsch = new JSch();
        for (UserKey key : keys) {
            jsch.addIdentity(new JschParts.Offered(key), null);
        }
        Session session = jsch.getSession(target.login().user(), target.host(), target.port());
        trust(session, hostKeys);
        algorithms(session, target);
        authenticate(session, target);
        return session;
    }

    private static void trust(Session session, List<String> hostKeys) {
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("server_host_key", String.join(",", hostKeys));
        session.setConfig("prefer_known_host_key_types", "no"); // already in order
        // jsch has no authorities here, so it asks about the plain key; the tap has the certificate.
        session.setConfig("host_certificate_to_key_fallback", "yes");
    }

    private static void authenticate(Session session, SshTarget target) throws IOException {
        session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
        Optional<Secret> password = target.login().password();
        if (password.isPresent()) {
            session.setPassword(new String(Secrets.read(password.get())).getBytes(StandardCharsets.UTF_8));
            session.setConfig("MaxAuthTries", "1"); // more tries might lock the account
        }
    }

    private static void algorithms(Session session, SshTarget target) throws SshException {
        session.setConfig("PubkeyAcceptedAlgorithms", String.join(",", target.userAlgorithms()));
        choose(session, target, "kexalgorithms", Algorithms.KEX, List.of("kex"));
        choose(session, target, "ciphers", Algorithms.CIPHERS, List.of("cipher.c2s", "cipher.s2c"));
        choose(session, target, "macs", Algorithms.MACS, List.of("mac.c2s", "mac.s2c"));
        // The length of compressed text reveals something of the plain text.
        session.setConfig("compression.c2s", "none");
        session.setConfig("compression.s2c", "none");
        if (target.login().legacy()) {
            allowOld(session);
        }
    }

    private static void choose(Session session, SshTarget target, String setting, List<String> defaults,
            List<String> names) throws SshException {
        List<String> chosen = target.algorithms(setting, defaults,
                name -> !name.equals("none") && JSch.getConfig(name) != null);
        names.forEach(name -> session.setConfig(name, String.join(",", chosen)));
    }

    /** Appends old algorithms to the lists: only a device without a better one uses them. */
    private static void allowOld(Session session) {
        String cbc = "aes128-cbc,aes192-cbc,aes256-cbc,3des-cbc";
        Map<String, String> more = Map.of("kex",
                "diffie-hellman-group-exchange-sha1,diffie-hellman-group14-sha1,diffie-hellman-group1-sha1",
                "cipher.c2s", cbc, "cipher.s2c", cbc, "mac.c2s", "hmac-sha1,hmac-sha1-96", "mac.s2c",
                "hmac-sha1,hmac-sha1-96");
        more.forEach((what, names) -> session.setConfig(what, session.getConfig(what) + "," + names));
    }

    private static SshException explain(Login login, HostCheck check, List<UserKey> keys, Exception e) {
        if (e instanceof SshException ours) {
            return ours;
        }
        if (check.complaint().isPresent()) {
            return SshException.refused(check.complaint().get(), e);
        }
        return String.valueOf(e.getMessage()).startsWith("Auth ")
                ? Secrets.loginRefused(login, keys, e)
                : Secrets.noAnswer(login, e);
    }

    @Override
    public Remote start(String command) throws SshException {
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(command);
            return started(channel);
        } catch (JSchException | IOException | RuntimeException e) { // jsch throws these on malformed packets
            throw SshException.unreachable("the connection broke: " + e.getMessage(), e);
        }
    }

    private static Remote started(Channel channel) throws JSchException, IOException {
        // Get the streams before connect, or the first output is lost.
        InputStream out = channel.getInputStream();
        InputStream err = channel.getExtInputStream();
        OutputStream in = channel.getOutputStream();
        channel.connect(CHANNEL_MILLIS);
        return new Remote(in, out, err, channel::disconnect);
    }

    @Override
    public Remote terminal() throws SshException {
        try {
            ChannelShell channel = (ChannelShell) session.openChannel("shell");
            channel.setPtyType(TERMINAL, COLUMNS, ROWS, 0, 0);
            return started(channel);
        } catch (JSchException | IOException | RuntimeException e) { // jsch throws these on malformed packets
            throw SshException.unreachable("the connection broke: " + e.getMessage(), e);
        }
    }

    @Override
    public Remote forward(String host, int port) throws IOException {
        ChannelDirectTCPIP channel = null;
        try {
            channel = (ChannelDirectTCPIP) session.openChannel("direct-tcpip");
            channel.setHost(host);
            channel.setPort(port);
            InputStream out = channel.getInputStream();
            OutputStream in = channel.getOutputStream();
            channel.connect(CHANNEL_MILLIS);
            return new Remote(in, out, InputStream.nullInputStream(), channel::disconnect);
        } catch (JSchException | IOException | RuntimeException e) { // jsch throws these on malformed packets
            int reason = channel == null ? -1 : channel.getExitStatus(); // jsch stores the reason code here
            if (reason == CONNECT_FAILED) {
                throw (ConnectException) new ConnectException(e.getMessage()).initCause(e);
            }
            throw reason > 0
                    ? Connection.notForwarded(host, port, e)
                    : SshException.unreachable("the connection broke: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isOpen() {
        return session.isConnected();
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
