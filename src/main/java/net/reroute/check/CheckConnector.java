package net.reroute.check;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.reroute.core.Address;

/** Where a connection to an address really goes. In practice everything stays on this machine. */
public interface CheckConnector {

    /** Straight there. */
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
