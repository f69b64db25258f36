package net.reroute.simulation.linux;

import java.math.BigInteger;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * An address and a prefix length as {@code ip} accepts them: host bits may be set, and an IPv4 network may be
 * shortened.
 *
 * @param address with its host bits
 * @param length of the prefix
 */
record IpNet(Address address, int length) {

    IpNet {
        if (length < 0 || length > address.width()) {
            throw new IllegalArgumentException("the length of " + address + " cannot be " + length);
        }
    }

    static IpNet host(Address address) {
        return new IpNet(address, address.width());
    }

    static IpNet any(boolean v6) {
        return new IpNet(new Address(v6, BigInteger.ZERO), 0);
    }

    /** Parses 10.1/16, 10.0.0.0/255.0.0.0, 2001:db8::/32 or an address; empty if the text is none of these. */
    static Optional<IpNet> parse(String text) {
        int slash = text.indexOf('/');
        String network = slash < 0 ? text : text.substring(0, slash);
        try {
            Address address = Address.parse(network.matches("\\d+(\\.\\d+){0,2}") ? filled(network) : network);
            return Optional.of(slash < 0 ? host(address) : new IpNet(address, length(text.substring(slash + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String filled(String network) {
        return network + ".0".repeat(3 - (int) network.chars().filter(c -> c == '.').count());
    }

    private static int length(String text) {
        if (text.indexOf('.') < 0) {
            return Integer.parseInt(text);
        }
        BigInteger mask = Address.parse(text).bits();
        int ones = mask.bitCount();
        if (!ones(32, ones).equals(mask)) {
            throw new IllegalArgumentException(text + " is not a mask");
        }
        return ones;
    }

    private static BigInteger ones(int width, int count) {
        return BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE).shiftLeft(width - count);
    }

    boolean hasHostBits() {
        return !prefix().network().equals(address);
    }

    /** The prefix without the host bits. */
    Prefix prefix() {
        return Prefix.around(address, length);
    }

    /** The last address of the prefix: in IPv4 the broadcast address. */
    Address last() {
        return new Address(address.v6(), address.bits().or(ones(address.width() - length, address.width() - length)));
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
