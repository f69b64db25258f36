package net.reroute.core;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A 48-bit Ethernet (MAC) address.
 *
 * @param text six pairs of lower-case hexadecimal digits, separated by colons
 */
public record HardwareAddress(String text) {

    /** The destination that every machine on a LAN receives. */
    public static final HardwareAddress BROADCAST = new HardwareAddress("ff:ff:ff:ff:ff:ff");
    /** Unknown or not given. */
    public static final HardwareAddress ZERO = new HardwareAddress("00:00:00:00:00:00");

    private static final HexFormat HEX = HexFormat.ofDelimiter(":");

    /** @throws IllegalArgumentException if the text is not a hardware address */
    public HardwareAddress {
        text = text.toLowerCase(Locale.ROOT);
        if (!text.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a hardware address; write it like 52:54:00:12:34:56");
        }
    }

    /** @throws IllegalArgumentException unless there are 6 bytes */
    public static HardwareAddress of(byte[] bytes) {
        return new HardwareAddress(HEX.formatHex(bytes));
    }

    /** The six bytes in transmission order. */
    public byte[] bytes() {
        return HEX.parseHex(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
