package net.reroute.core;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The 48 bits by which an Ethernet interface is known on its LAN.
 *
 * @param text six pairs of lower-case hexadecimal digits with colons
 */
public record HardwareAddress(String text) {

    /** What everybody on a LAN hears. */
    public static final HardwareAddress BROADCAST = new HardwareAddress("ff:ff:ff:ff:ff:ff");
    /** Not known, or not said. */
    public static final HardwareAddress ZERO = new HardwareAddress("00:00:00:00:00:00");

    private static final HexFormat HEX = HexFormat.ofDelimiter(":");

    public HardwareAddress {
        text = text.toLowerCase(Locale.ROOT);
        if (!text.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a hardware address; write it like 52:54:00:12:34:56");
        }
    }

    public static HardwareAddress of(byte[] bytes) {
        return new HardwareAddress(HEX.formatHex(bytes));
    }

    public byte[] bytes() {
        return HEX.parseHex(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
