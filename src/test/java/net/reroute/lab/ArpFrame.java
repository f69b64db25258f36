package net.reroute.lab;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import net.reroute.core.Address;

/**
 * An ARP frame taken apart, by a reader of its own: a mistake in ours would not be seen by ours.
 *
 * @param micros when it was heard, in microseconds
 * @param fields each field of it by name, in the order of the wire
 */
record ArpFrame(long micros, Map<String, String> fields) {

    static final String SOURCE = "Ethernet source";
    static final String OPERATION = "operation";
    static final String REQUEST = "1";
    static final String REPLY = "2";
    private static final String SENDER = "sender hardware address";
    private static final String SENDER_ADDRESS = "sender address";
    private static final String TARGET_ADDRESS = "target address";
    private static final int ARP_END = 42;

    static boolean is(byte[] frame) {
        return frame.length >= ARP_END && number(frame, 12, 2) == 0x0806;
    }

    static ArpFrame read(long micros, byte[] frame) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Ethernet destination", hardware(frame, 0));
        fields.put(SOURCE, hardware(frame, 6));
        fields.put("EtherType", "0x%04x".formatted(number(frame, 12, 2)));
        fields.put("hardware type", Integer.toString(number(frame, 14, 2)));
        fields.put("protocol type", "0x%04x".formatted(number(frame, 16, 2)));
        fields.put("hardware address length", Integer.toString(number(frame, 18, 1)));
        fields.put("protocol address length", Integer.toString(number(frame, 19, 1)));
        fields.put(OPERATION, Integer.toString(number(frame, 20, 2)));
        fields.put(SENDER, hardware(frame, 22));
        fields.put(SENDER_ADDRESS, address(frame, 28));
        fields.put("target hardware address", hardware(frame, 32));
        fields.put(TARGET_ADDRESS, address(frame, 38));
        fields.put("padding", HexFormat.of().formatHex(frame, ARP_END, frame.length));
        fields.put("length", Integer.toString(frame.length));
        return new ArpFrame(micros, fields);
    }

    String source() {
        return fields.get(SOURCE);
    }

    String operation() {
        return fields.get(OPERATION);
    }

    /** Says of an address, to all, that it is at this hardware address. */
    boolean announces(String address, String hardware) {
        return fields.get(SENDER_ADDRESS).equals(address) && fields.get(TARGET_ADDRESS).equals(address)
                && fields.get(SENDER).equals(hardware);
    }

    /** The fields in which they differ, each with both values. */
    Map<String, String> differences(ArpFrame reference) {
        Map<String, String> differences = new LinkedHashMap<>();
        fields.forEach((name, own) -> {
            if (!own.equals(reference.fields.get(name))) {
                differences.put(name, reference.fields.get(name) + " -> " + own);
            }
        });
        return differences;
    }

    private static int number(byte[] frame, int at, int length) {
        return new BigInteger(1, Arrays.copyOfRange(frame, at, at + length)).intValueExact();
    }

    private static String hardware(byte[] frame, int at) {
        return HexFormat.ofDelimiter(":").formatHex(frame, at, at + 6);
    }

    private static String address(byte[] frame, int at) {
        return new Address(false, new BigInteger(1, Arrays.copyOfRange(frame, at, at + 4))).toString();
    }
}
