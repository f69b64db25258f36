package net.reroute.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The socket under both libraries. It overhears the key or certificate a server shows before the first encryption, as
 * neither library hands out a certificate as it came; each of them checks that the server holds the private half.
 */
final class HostKeyTap extends Socket {

    private final KeyFinder finder = new KeyFinder();
    private PeerStream stream;

    private HostKeyTap() throws IOException {
        // Without it every small command waits for a delayed acknowledgement, some 40 ms.
        setTcpNoDelay(true);
        setKeepAlive(true);
    }

    /** Connects to the first address of the host that answers, as ssh does. */
    static HostKeyTap open(Target target, Deadline deadline) throws IOException {
        List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(target.host())).filter(target::takes)
                .toList();
        IOException last = new UnknownHostException(
                target.host() + " has no address of the AddressFamily in " + target.configFile());
        for (int i = 0; i < addresses.size(); i++) {
            HostKeyTap tap = new HostKeyTap();
            try {
                if (target.bindAddress().isPresent()) {
                    tap.bind(new InetSocketAddress(target.bindAddress().get(), 0));
                }
                int share = Math.max(1, deadline.leftMillis() / (addresses.size() - i));
                tap.connect(new InetSocketAddress(addresses.get(i), target.port()), share);
                return tap;
            } catch (IOException e) {
                tap.close();
                last = e;
            }
        }
        throw last;
    }

    /** What the server has shown; empty: nothing that is a key. */
    Optional<SshKey> key() {
        return finder.key();
    }

    /** The login is done: whoever it is may send as much as is asked for. */
    void loggedIn() throws IOException {
        stream().unlimited();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return stream();
    }

    private synchronized PeerStream stream() throws IOException {
        if (stream == null) {
            stream = new PeerStream(new Overheard(super.getInputStream()), PeerSocket.MOST);
        }
        return stream;
    }

    private final class Overheard extends FilterInputStream {

        Overheard(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int start, int length) throws IOException {
            int count = super.read(into, start, length);
            finder.take(into, start, Math.max(0, count));
            return count;
        }
    }
}
