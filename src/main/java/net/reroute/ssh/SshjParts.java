package net.reroute.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.PublicKey;
import java.util.List;
import javax.net.SocketFactory;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** Adapters for sshj: host key verdicts and sockets. */
final class SshjParts {

    /** Made once, since sshj tries every cipher to make it. Never changed. */
    static final DefaultConfig DEFAULTS = new DefaultConfig();

    private SshjParts() {}

    /** Answers sshj about host keys. */
    record Asked(HostCheck check) implements HostKeyVerifier {

        @Override
        public boolean verify(String host, int port, PublicKey key) {
            PublicKey plain = key instanceof Certificate<?> certificate ? certificate.getKey() : key;
            return check.accepts(SshKey.of(new Buffer.PlainBuffer().putPublicKey(plain).getCompactData()));
        }

        @Override
        public List<String> findExistingAlgorithms(String host, int port) {
            return List.of(); // already in order
        }
    }

    /** Connects through the tap. */
    static final class Tapped extends SocketFactory {

        private final SshTarget target;
        private final HostCheck check;
        private final Deadline deadline;

        Tapped(SshTarget target, HostCheck check, Deadline deadline) {
            this.target = target;
            this.check = check;
            this.deadline = deadline;
        }

        @Override
        public Socket createSocket() throws IOException {
            return check.listen(HostKeyTap.open(target, deadline));
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
