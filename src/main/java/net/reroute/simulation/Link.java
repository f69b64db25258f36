package net.reroute.simulation;

import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * An interface of a simulated router.
 *
 * @param name in the router's command line
 * @param address of the router on this interface
 * @param network that is connected through it
 */
public record Link(String name, Address address, Prefix network) {

    /** @param length prefix length of the network */
    public static Link of(String name, Address address, int length) {
        return new Link(name, address, Prefix.around(address, length));
    }
}
