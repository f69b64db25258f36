package net.reroute.redirect.arp;

import java.util.HexFormat;

/** Frames as the RFCs draw them: bytes in hexadecimal, and behind each field what it is. */
final class Hex {

    private Hex() {}

    /** Bytes of a text with blanks between them and comments from a # to the end of a line. */
    static byte[] bytes(String commented) {
        return HexFormat.of().parseHex(commented.replaceAll("#.*", "").replaceAll("\\s", ""));
    }
}
