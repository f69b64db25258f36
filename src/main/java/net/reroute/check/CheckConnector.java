package net.reroute.check;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.reroute.core.Address;

/** The socket address for a connection to a server. In practice mode everything stays on this machine. */
public interface CheckConnector {

    /** The address itself. */
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

    InetSocketAddress connect(Address host, int port);

    /** Where to connect to instead of sending an echo request; empty = send one. */
    Optional<InetSocketAddress> inPlaceOfPing(Address host);
}
