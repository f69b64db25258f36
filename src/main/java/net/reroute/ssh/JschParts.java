package net.reroute.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.SocketFactory;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Adapters for jsch: keys, host key verdicts and sockets. */
final class JschParts {

    private JschParts() {}

    /** A user key to log in with. */
    record Offered(UserKey key) implements Identity {

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
            // The key is not stored here.
        }
    }

    /** Answers jsch about host keys. Returns no known keys, so that jsch decides nothing itself. */
    record Asked(HostCheck check) implements HostKeyRepository {

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

    /** Connects through the tap. */
    record Tapped(SshTarget target, HostCheck check, Deadline deadline) implements SocketFactory {

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
