package net.reroute.check;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.reroute.core.Address;

/**
 * Maps a server's address and port to the socket address to connect to. In practice mode all connections stay on this
 * machine.
 */
public interface CheckConnector {

    /** Connects to the address itself, and sends real echo requests. */
    CheckConnector DIRECT = new CheckConnector() {
        @Override
        public InetSocketAddress connect(Address host, int port) {
            return new InetSocketAddress(host.inet(), port);
        }

        @Override
        public Optional<InetSocketAddress> inPlaceOfPing(Address host) {
            return Optional.empty();
        }
    };

    /** The socket address for a connection to this host and port. */
    InetSocketAddress connect(Address host, int port);

    /** The socket address to connect to instead of sending an echo request; empty: send the echo request. */
    Optional<InetSocketAddress> inPlaceOfPing(Address host);
}
