package net.reroute.simulation;

import java.io.IOException;
import java.util.Optional;
import net.reroute.core.Address;

/** A router on a loopback port that any SSH client can log in to. */
public interface SimulatedRouter extends AutoCloseable {

    int port();

    /** The line for a known_hosts file. */
    String hostKeyLine();

    /** Where its table sends this address. */
    Optional<Address> nextHop(Address destination);

    /** Ends every session without a word. */
    void dropAll();

    @Override
    void close() throws IOException;
}
