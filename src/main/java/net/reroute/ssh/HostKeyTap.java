package net.reroute.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The socket under both SSH libraries. It records the host key or certificate that a server sends before encryption
 * begins, since neither library returns a certificate as sent. Both libraries verify that the server holds the private
 * key.
 */
final class HostKeyTap extends PeerSocket {

    private final KeyFinder finder = new KeyFinder();

    private HostKeyTap() throws IOException {
        // Without this every small command waits some 40 ms for a delayed acknowledgement.
        setTcpNoDelay(true);
        setKeepAlive(true);
    }

    /**
     * Connects to the first address of the host that answers, as ssh does. The addresses share the time of the
     * deadline.
     *
     * @throws IOException if no address answers in time
     */
    static HostKeyTap open(SshTarget target, Deadline deadline) throws IOException {
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

    /** The key that the server has sent; empty if none was found yet. */
    Optional<SshKey> key() {
        return finder.key();
    }

    @Override
    protected InputStream raw() throws IOException {
        return new Overheard(super.raw());
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
