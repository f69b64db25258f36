package net.reroute.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.OpenSSHConfig;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import net.reroute.core.Login;

/** For logins that need ssh-agent, an OpenSSH configuration file or an old device's algorithms: jsch, whose defaults are modern. */
final class JschConnection implements Connection {

    private static final int CHANNEL_MILLIS = 5000;
    /** RFC 4254 section 5.1. */
    private static final int CONNECT_FAILED = 2;

    private final Session session;

    private JschConnection(Session session) {
        this.session = session;
    }

    static Connection open(Login login, Duration within) throws SshException {
        if (!Files.isReadable(login.knownHosts())) {
            throw SshException.refused("the known-hosts file " + login.knownHosts()
                    + " cannot be read; make it with ssh-keyscan -p " + login.port() + " " + login.host(), null);
        }
        Session session = null;
        try {
            session = prepare(login);
            Session opening = session;
            try (Deadline deadline = Deadline.closes(opening::disconnect, within)) {
                opening.connect(deadline.leftMillis());
            }
            return new JschConnection(session);
        } catch (JSchException | IOException | AgentProxyException e) {
            if (session != null) {
                session.disconnect();
            }
            throw explain(login, session, e);
        }
    }

    private static Session prepare(Login login) throws JSchException, IOException, AgentProxyException {
        JSch jsch = new JSch();
        jsch.setKnownHosts(login.knownHosts().toString());
        if (login.sshConfig().isPresent()) {
            jsch.setConfigRepository(OpenSSHConfig.parseFile(login.sshConfig().get().toString()));
        }
        if (login.agent()) {
            jsch.setIdentityRepository(new AgentIdentityRepository(new SSHAgentConnector()));
        } else if (login.key().isPresent()) {
            addKey(jsch, login.key().get());
        }
        Session session = jsch.getSession(login.user(), login.host(), login.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
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

    /** Behind all that is better: only a device that knows nothing else gets to these. */
    private static void allowOld(Session session) {
        String cbc = "aes128-cbc,aes192-cbc,aes256-cbc,3des-cbc";
        Map<String, String> more = Map.of("kex",
                "diffie-hellman-group-exchange-sha1,diffie-hellman-group14-sha1,diffie-hellman-group1-sha1",
                "server_host_key", "ssh-rsa", "PubkeyAcceptedAlgorithms", "ssh-rsa", "cipher.c2s", cbc, "cipher.s2c",
                cbc, "mac.c2s", "hmac-sha1,hmac-sha1-96", "mac.s2c", "hmac-sha1,hmac-sha1-96");
        more.forEach((what, names) -> session.setConfig(what, JSch.getConfig(what) + "," + names));
    }

    private static void addKey(JSch jsch, Path key) throws JSchException, SshException {
        KeyPair pair = KeyPair.load(jsch, key.toString());
        if (pair.isEncrypted()) {
            throw Secrets.locked(key, null);
        }
        jsch.addIdentity(key.toString());
    }

    private static SshException explain(Login login, Session session, Exception e) {
        if (e instanceof SshException ours) {
            return ours;
        }
        if (e instanceof JSchUnknownHostKeyException) {
            return SshException.refused(HostKeys.unknown(login, fingerprint(session)), e);
        }
        if (e instanceof JSchChangedHostKeyException) {
            return SshException.refused(HostKeys.changed(login, fingerprint(session)), e);
        }
        if (!String.valueOf(e.getMessage()).startsWith("Auth ")) {
            return Secrets.noAnswer(login, e);
        }
        return login.agent() && !agentHasKeys()
                ? SshException
                        .refused("no ssh-agent answers, or it holds no key; set SSH_AUTH_SOCK for this process and"
                                + " load a key with ssh-add", e)
                : Secrets.loginRefused(login, e);
    }

    private static boolean agentHasKeys() {
        try {
            return !new AgentIdentityRepository(new SSHAgentConnector()).getIdentities().isEmpty();
        } catch (AgentProxyException e) {
            return false;
        }
    }

    private static String fingerprint(Session session) {
        return session == null || session.getHostKey() == null
                ? "unknown"
                : session.getHostKey().getFingerPrint(new JSch());
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
        } catch (JSchException | IOException e) {
            int reason = channel == null ? -1 : channel.getExitStatus(); // where jsch leaves it
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
