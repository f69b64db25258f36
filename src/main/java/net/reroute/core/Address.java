package net.reroute.core;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address, never a name: nothing here queries DNS.
 *
 * @param v6 true for IPv6
 * @param bits the address as a number, 32 or 128 bits wide
 * @param zone the interface of a link-local address, as named on the machine that uses it (RFC 4007); otherwise empty
 */
public record Address(boolean v6, BigInteger bits, String zone) implements Comparable<Address> {

    private static final Pattern IPV4 = Pattern
            .compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    /**
     * Linux allows 15 characters. The name becomes part of command lines, so it must contain nothing special to a
     * shell.
     */
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,14}");

    public Address(boolean v6, BigInteger bits) {
        this(v6, bits, "");
    }

    /**
     * Parses an address. Leading zeroes in IPv4 are refused, since some tools read them as octal.
     *
     * @throws IllegalArgumentException if the text is not an address; the message says what to write
     */
    public static Address parse(String text) {
        int percent = text.indexOf('%');
        try {
            if (IPV4.matcher(text).matches() && !text.matches("(.*\\.)?0\\d.*")) {
                return of(InetAddress.ofLiteral(text));
            }
            if (text.indexOf(':') >= 0 && text.indexOf('[') < 0) {
                Address address = of(Inet6Address.ofLiteral(percent < 0 ? text : text.substring(0, percent)));
                return percent < 0 ? address : address.on(zone(address, text.substring(percent + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw percent < 0 ? new IllegalArgumentException(Unreadable.address(text), e) : e;
        }
        throw new IllegalArgumentException(Unreadable.address(text));
    }

    /** True for 127.0.0.0/8 and ::1. */
    public boolean isLoopback() {
        return inet().isLoopbackAddress();
    }

    /** Like {@link #parse}, but empty if the text is not an address. */
    public static Optional<Address> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String zone(Address address, String text) {
        if (!address.linkLocal()) {
            throw new IllegalArgumentException(address + " is not link-local and needs no interface; write it without %"
                    + text);
        }
        if (!ZONE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not the name of an interface; write it like \"" + address + "%eth0\"");
        }
        return text;
    }

    /** True in fe80::/10: such an address is valid on one link only (RFC 4291, 2.5.6). */
    public boolean linkLocal() {
        return v6 && bits.shiftRight(118).intValue() == 0xfe80 >> 6;
    }

    /** This address with a zone. Unchanged unless it is link-local and {@code device} is a valid interface name. */
    public Address on(String device) {
        return linkLocal() && ZONE.matcher(device).matches() ? new Address(v6, bits, device) : this;
    }

    /** This address without its zone. */
    public Address bare() {
        return zone.isEmpty() ? this : new Address(v6, bits);
    }

    /** True in 127.0.0.0/8 and for ::1. */
    public boolean loopback() {
        return v6 ? bits.equals(BigInteger.ONE) : bits.shiftRight(24).intValue() == 127;
    }

    /**
     * The special purpose that keeps this from being a machine's own address (RFC 6890), such as "a multicast address".
     * Empty if a machine can have it.
     */
    public Optional<String> nobodys() {
        int first = bits.shiftRight(width() - 8).intValue();
        String what = "";
        if (bits.signum() == 0) {
            what = "the unspecified address, which means every address or none";
        } else if (v6 && first == 0xff || !v6 && first >= 224 && first < 240) {
            what = "a multicast address";
        } else if (!v6 && bits.bitCount() == 32) {
            what = "the broadcast address";
        } else if (!v6 && (first == 0 || first >= 240)) {
            what = "in " + (first == 0 ? "0.0.0.0/8" : "240.0.0.0/4") + ", which is reserved";
        }
        return Optional.of(what).filter(w -> !w.isEmpty());
    }

    public static Address of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Address(bytes.length == 16, new BigInteger(1, bytes));
    }

    /** Width in bits: 32 or 128. */
    public int width() {
        return v6 ? 128 : 32;
    }

    /** The address for the JDK's networking classes, without its zone. */
    public InetAddress inet() {
        try {
            return InetAddress.getByAddress(bytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /** The address in network byte order, 4 or 16 bytes. */
    public byte[] bytes() {
        byte[] fixed = new byte[width() / 8];
        byte[] raw = bits.toByteArray();
        int length = Math.min(raw.length, fixed.length);
        System.arraycopy(raw, raw.length - length, fixed, fixed.length - length, length);
        return fixed;
    }

    public Address plus(long offset) {
        return new Address(v6, bits.add(BigInteger.valueOf(offset)));
    }

    /** The form used in URLs and before a port: IPv6 in brackets. */
    public String bracketed() {
        return v6 ? "[" + this + "]" : toString();
    }

    @Override
    public int compareTo(Address other) {
        int byBits = v6 != other.v6 ? Boolean.compare(v6, other.v6) : bits.compareTo(other.bits);
        return byBits != 0 ? byBits : zone.compareTo(other.zone);
    }

    /** The canonical form: dotted for IPv4, RFC 5952 for IPv6. The Linux kernel prints the same. */
    @Override
    public String toString() {
        return zone.isEmpty() ? digits() : digits() + "%" + zone;
    }

    private String digits() {
        byte[] b = bytes();
        if (!v6) {
            return (b[0] & 255) + "." + (b[1] & 255) + "." + (b[2] & 255) + "." + (b[3] & 255);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            text.append(i > 0 ? ":" : "").append(Integer.toHexString((b[i] & 255) << 8 | b[i + 1] & 255));
        }
        return shortenLongestZeroRun(text.toString());
    }

    private static String shortenLongestZeroRun(String full) {
        String longest = "";
        var runs = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])").matcher(full);
        while (runs.find()) {
            longest = runs.group().length() > longest.length() ? runs.group() : longest;
        }
        if (longest.isEmpty()) {
            return full;
        }
        var first = Pattern.compile("(^|:)" + longest + "(:|$)").matcher(full);
        return first.find() ? full.substring(0, first.start()) + "::" + full.substring(first.end()) : full;
    }
}
