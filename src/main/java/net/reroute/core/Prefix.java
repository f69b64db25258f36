package net.reroute.core;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A subnet or a host route. Host bits are never set, so each prefix has exactly one text form.
 *
 * @param network the first address
 * @param length 0 to 32, or to 128 for IPv6
 */
public record Prefix(Address network, int length) implements Comparable<Prefix> {

    /** @throws IllegalArgumentException if the length is out of range or host bits are set */
    public Prefix {
        if (length < 0 || length > network.width()) {
            throw new IllegalArgumentException("a prefix of " + network + " has a length from 0 to " + network.width()
                    + ", not " + length);
        }
        Address first = new Address(network.v6(), network.bits().and(mask(network, length)));
        if (!first.bits().equals(network.bits())) {
            throw new IllegalArgumentException(
                    network + "/" + length + " has host bits set; the prefix is " + first + "/" + length);
        }
        network = first;
    }

    private static BigInteger mask(Address of, int length) {
        BigInteger all = BigInteger.ONE.shiftLeft(of.width()).subtract(BigInteger.ONE);
        return all.subtract(BigInteger.ONE.shiftLeft(of.width() - length).subtract(BigInteger.ONE));
    }

    /** The prefix of this length that contains the address. */
    public static Prefix around(Address address, int length) {
        return new Prefix(new Address(address.v6(), address.bits().and(mask(address, length))), length);
    }

    /** The length as a dotted mask, the form that some devices use. */
    public Address mask() {
        return new Address(network.v6(), mask(network, length));
    }

    /**
     * Parses ADDRESS/LENGTH. An address alone is a host route, as devices print it.
     *
     * @throws IllegalArgumentException if the text is not a prefix; the message says what to write
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        Address address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new Prefix(address, address.width());
        }
        if (!text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException(UnreadablePrefix.prefix(text, address, text.substring(slash + 1)));
        }
        return new Prefix(address, Integer.parseInt(text.substring(slash + 1)));
    }

    /** Like {@link #parse}, but empty if the text is not a prefix. */
    public static Optional<Prefix> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Parses what a person wrote. Unlike {@link #parse}, a missing length is an error.
     *
     * @param oneAddress the error message then suggests only a host route
     * @throws IllegalArgumentException if the text is not a prefix; the message says what to write
     */
    public static Prefix written(String text, boolean oneAddress) {
        if (text.indexOf('/') < 0) {
            throw new IllegalArgumentException(UnreadablePrefix.withoutLength(text, Address.parse(text), oneAddress));
        }
        return parse(text);
    }

    /** The length of the largest usual subnet that begins with this address. */
    static int widestLength(Address first) {
        int zeroes = first.bits().signum() == 0 ? first.width() : first.bits().getLowestSetBit();
        if (first.v6()) {
            return zeroes >= 64 ? 64 : 128;
        }
        return Math.max(8, first.width() - zeroes);
    }

    public boolean contains(Address address) {
        return address.v6() == network.v6() && address.bits().and(mask(network, length)).equals(network.bits());
    }

    public boolean overlaps(Prefix other) {
        return contains(other.network) || other.contains(network);
    }

    /**
     * The first address that a host can have: the one after the network address, or the network address itself in a
     * prefix of one or two addresses (RFC 3021).
     */
    public Address firstUsable() {
        return length >= network.width() - 1 ? network : network.plus(1);
    }

    @Override
    public int compareTo(Prefix other) {
        int byNetwork = network.compareTo(other.network);
        return byNetwork != 0 ? byNetwork : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return network + "/" + length;
    }
}
