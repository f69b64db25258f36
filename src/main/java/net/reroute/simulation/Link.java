package net.reroute.simulation;

import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * An interface of a simulated router.
 *
 * @param name as its command line calls it
 * @param address its own
 * @param network connected through it
 */
public record Link(String name, Address address, Prefix network) {

    /** @param length of the network's prefix */
    public static Link of(String name, Address address, int length) {
        return new Link(name, address, Prefix.around(address, length));
    }
}
