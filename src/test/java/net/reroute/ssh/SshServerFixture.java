package net.reroute.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Login;
import net.reroute.core.Login.Secret;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An SSH server in this process that runs real commands, with one user, one key and one password. */
public final class SshServerFixture implements AutoCloseable {

    static final String USER = "anna";
    static final String PASSWORD = "correct horse";

    private final Path folder;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;
    private final KeyPair userKey;

    public SshServerFixture(Path folder) {
        this.folder = folder;
        try {
            hostKey = newKey();
            userKey = newKey();
            // Otherwise every command waits 40 ms for a delayed acknowledgement.
            CoreModuleProperties.TCP_NODELAY.set(server, true);
            server.setHost("127.0.0.1");
            server.setPort(0);
            server.setKeyPairProvider(session -> List.of(hostKey));
            server.setPasswordAuthenticator(
                    (user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
            server.setPublickeyAuthenticator(
                    (user, key, session) -> user.equals(USER) && KeyUtils.compareKeys(key, userKey.getPublic()));
            server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
            forwards(true);
            server.start();
            write("key", key(userKey, null));
            write("stranger", key(newKey(), null));
            write("locked", key(userKey, "secret"));
            write("password", PASSWORD + "\n");
            write("wrong-password", "no\n");
            write("known_hosts", line(hostKey));
            write("any_known_hosts", "* " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n");
            write("wrong_known_hosts", line(newKey()));
            write("empty_known_hosts", "");
            write("config", "");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on it takes this key exchange alone. */
    void exchangesKeysBy(BuiltinDHFactories only) {
        server.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(false, List.of(only),
                ServerBuilder.DH2KEX));
    }

    /** From now on it takes these message authentications alone. */
    void authenticatesBy(BuiltinMacs only) {
        server.setMacFactories(List.of(only));
        server.setCipherFactories(List.of(BuiltinCiphers.aes128ctr));
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private String line(KeyPair key) {
        return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n";
    }

    private static String key(KeyPair pair, String passphrase) throws IOException, GeneralSecurityException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        OpenSSHKeyEncryptionContext encryption = null;
        if (passphrase != null) {
            encryption = new OpenSSHKeyEncryptionContext();
            encryption.setPassword(passphrase);
            encryption.setCipherName("AES");
            encryption.setCipherType("256");
        }
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", encryption, out);
        return out.toString(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    public int port() {
        return server.getPort();
    }

    /** Of the host key, as ssh shows it. */
    String fingerprint() {
        return KeyUtils.getFingerPrint(hostKey.getPublic());
    }

    /** Connects anywhere for who is logged in, or nowhere. */
    public void forwards(boolean anywhere) {
        server.setForwardingFilter(anywhere
                ? AcceptAllForwardingFilter.INSTANCE
                : RejectAllForwardingFilter.INSTANCE);
    }

    /** Ends every session without a word. */
    public void dropAll() {
        server.getActiveSessions().forEach(s -> s.close(true));
    }

    public Login login(int port, String key, String password, String knownHosts, boolean throughJsch) {
        return new Login("127.0.0.1", port, USER, Optional.ofNullable(key).map(folder::resolve), false,
                Optional.ofNullable(password).map(p -> new Secret.InFile(folder.resolve(p))),
                folder.resolve(knownHosts), throughJsch ? Optional.of(folder.resolve("config")) : Optional.empty(),
                false, false);
    }

    /** A port on which somebody accepts and then says nothing. */
    static ServerSocket silent() {
        try {
            return new ServerSocket(0, 50, java.net.InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
