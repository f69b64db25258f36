package net.reroute.simulation;

import java.io.IOException;
import java.util.Optional;
import net.reroute.core.Address;

/** A simulated router on a loopback port. Any SSH client can log in. Thread-safe. */
public interface SimulatedRouter extends AutoCloseable {

    int port();

    /** The router's line for a known_hosts file. */
    String hostKeyLine();

    /** The next hop of an address in the router's tables; empty if there is none. */
    Optional<Address> nextHop(Address destination);

    /** Cuts every connection without a message. */
    void dropAll();

    @Override
    void close() throws IOException;
}
