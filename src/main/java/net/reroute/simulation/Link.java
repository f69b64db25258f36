package net.reroute.simulation;

import java.math.BigInteger;
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
        BigInteger host = BigInteger.ONE.shiftLeft(address.width() - length).subtract(BigInteger.ONE);
        return new Link(name, address, new Prefix(new Address(address.v6(), address.bits().andNot(host)), length));
    }
}
