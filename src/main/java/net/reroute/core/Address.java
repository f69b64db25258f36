package net.reroute.core;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address, never a name: nothing here asks a name server.
 *
 * @param v6 true for IPv6
 * @param bits the address as a number, 32 or 128 bits wide
 */
public record Address(boolean v6, BigInteger bits) implements Comparable<Address> {

    private static final Pattern IPV4 = Pattern
            .compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    /** Reads an address as people write it. Leading zeroes in IPv4 are refused, since some tools read them as octal. */
    public static Address parse(String text) {
        try {
            if (IPV4.matcher(text).matches() && !text.matches("(.*\\.)?0\\d.*")) {
                return of(InetAddress.ofLiteral(text));
            }
            if (text.indexOf(':') >= 0 && text.indexOf('%') < 0 && text.indexOf('[') < 0) {
                return of(Inet6Address.ofLiteral(text));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(notAnAddress(text), e);
        }
        throw new IllegalArgumentException(notAnAddress(text));
    }

    private static String notAnAddress(String text) {
        return "'" + text + "' is not an IP address; write it like 192.168.1.2 or \"2001:db8::2\"";
    }

    static Address of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Address(bytes.length == 16, new BigInteger(1, bytes));
    }

    /** 32 or 128. */
    public int width() {
        return v6 ? 128 : 32;
    }

    /** The address as the JDK's networking wants it. */
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

    Address plus(long offset) {
        return new Address(v6, bits.add(BigInteger.valueOf(offset)));
    }

    /** As in a URL or before a port: IPv6 in brackets. */
    public String bracketed() {
        return v6 ? "[" + this + "]" : toString();
    }

    @Override
    public int compareTo(Address other) {
        return v6 != other.v6 ? Boolean.compare(v6, other.v6) : bits.compareTo(other.bits);
    }

    /** The one spelling: dotted for IPv4, RFC 5952 for IPv6, which is also how the Linux kernel prints it. */
    @Override
    public String toString() {
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
