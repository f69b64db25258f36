package net.reroute.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.reroute.core.Login;

/** For logins that need ssh-agent, an OpenSSH configuration file or an old device's algorithms: jsch, whose defaults are modern. */
final class JschConnection implements Connection {

    private static final int CHANNEL_MILLIS = 5000;

    private final Session session;

    private JschConnection(Session session) {
        this.session = session;
    }

    static Connection open(Login login, Duration within) throws SshException {
        Target target = Target.of(login);
        HostTrust trust = HostTrust.of(target);
        HostCheck check = new HostCheck(target, trust);
        List<UserKey> keys = UserKeys.of(target);
        Session session = null;
        try {
            session = prepare(target, target.hostKeyAlgorithms(trust), keys);
            session.setHostKeyRepository(new Asked(check));
            Session opening = session;
            try (Deadline deadline = Deadline.closes(opening::disconnect, within)) {
                opening.setSocketFactory(new Tapped(target, check, deadline));
                opening.connect(deadline.leftMillis());
            }
            return new JschConnection(session);
        } catch (JSchException | IOException e) {
            if (session != null) {
                session.disconnect();
            }
            throw explain(login, check, keys, e);
        }
    }

    private static Session prepare(Target target, List<String> hostKeys, List<UserKey> keys)
            throws JSchException, IOException {
        Login login = target.login();
        JSch jsch = new JSch();
        for (UserKey key : keys) {
            jsch.addIdentity(new Offered(key), null);
        }
        Session session = jsch.getSession(login.user(), target.host(), target.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
        session.setConfig("server_host_key", String.join(",", hostKeys));
        session.setConfig("prefer_known_host_key_types", "no"); // they are in order already
        // jsch knows no authority here, so it asks about the key in a certificate, and the tap has the certificate.
        session.setConfig("host_certificate_to_key_fallback", "yes");
        session.setConfig("PubkeyAcceptedAlgorithms", String.join(",", target.userAlgorithms()));
        choose(session, target, "kexalgorithms", List.of("kex"));
        choose(session, target, "ciphers", List.of("cipher.c2s", "cipher.s2c"));
        choose(session, target, "macs", List.of("mac.c2s", "mac.s2c"));
        if (login.password().isPresent()) {
            String password = new String(Secrets.read(login.password().get()));
            session.setPassword(password.getBytes(StandardCharsets.UTF_8));
            session.setConfig("MaxAuthTries", "1"); // more would be steps towards a lockout
        }
        if (login.legacy()) {
            allowOld(session);
        }
        return session;
    }

    private static void choose(Session session, Target target, String setting, List<String> names) throws SshException {
        List<String> defaults = List.of(JSch.getConfig(names.getFirst()).split(","));
        List<String> chosen = target.algorithms(setting, defaults,
                name -> !name.equals("none") && JSch.getConfig(name) != null);
        names.forEach(name -> session.setConfig(name, String.join(",", chosen)));
    }

    /** Behind all that is better: only a device that knows nothing else gets to these. */
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
        } catch (JSchException | IOException e) {
            throw SshException.unreachable("the connection broke: " + e.getMessage(), e);
        }
    }

    private static Remote started(Channel channel) throws JSchException, IOException {
        // Asked for after connect, the first output would be lost.
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
        } catch (JSchException | IOException e) {
            throw SshException.unreachable("the connection broke: " + e.getMessage(), e);
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

    /** A key of ours, as jsch wants one. */
    private record Offered(UserKey key) implements Identity {

        @Override
        public boolean setPassphrase(byte[] passphrase) {
            return true;
        }

        @Override
        public byte[] getPublicKeyBlob() {
            return key.key().blob();
        }

        @Override
        public byte[] getSignature(byte[] data) {
            return getSignature(data, key.key().type());
        }

        @Override
        public byte[] getSignature(byte[] data, String algorithm) {
            return key.signer().sign(data, algorithm);
        }

        @Override
        public String getAlgName() {
            return key.key().type();
        }

        @Override
        public String getName() {
            return key.name();
        }

        @Override
        public boolean isEncrypted() {
            return false;
        }

        @Override
        public void clear() {
            // Nothing of the key is kept here.
        }
    }

    /** Where jsch asks about host keys: it is told of no key, and so decides nothing by itself. */
    private record Asked(HostCheck check) implements HostKeyRepository {

        @Override
        public int check(String host, byte[] key) {
            return check.accepts(SshKey.of(key)) ? OK : NOT_INCLUDED;
        }

        @Override
        public void add(HostKey key, UserInfo user) {
            throw new UnsupportedOperationException("known_hosts is only read");
        }

        @Override
        public void remove(String host, String type) {
            throw new UnsupportedOperationException("known_hosts is only read");
        }

        @Override
        public void remove(String host, String type, byte[] key) {
            throw new UnsupportedOperationException("known_hosts is only read");
        }

        @Override
        public String getKnownHostsRepositoryID() {
            return "known_hosts";
        }

        @Override
        public HostKey[] getHostKey() {
            return new HostKey[0];
        }

        @Override
        public HostKey[] getHostKey(String host, String type) {
            return new HostKey[0];
        }
    }

    private record Tapped(Target target, HostCheck check, Deadline deadline) implements SocketFactory {

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return check.listen(HostKeyTap.open(target, deadline));
        }

        @Override
        public InputStream getInputStream(Socket socket) throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket socket) throws IOException {
            return socket.getOutputStream();
        }
    }
}
