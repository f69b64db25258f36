package net.reroute.redirect.arp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;

/**
 * Builds the Ethernet frames that announce an address to a LAN: ARP for IPv4 (RFC 826, RFC 5227), neighbour discovery
 * for IPv6 (RFC 4861). No I/O.
 */
public final class Frames {

    public static final int ARP = 0x0806;
    public static final int IPV6 = 0x86dd;

    static final int ETHERNET_HEADER = 14;
    static final int IPV6_HEADER = 40;
    static final int ICMPV6 = 58;
    static final int SOLICITATION = 135;
    static final int ADVERTISEMENT = 136;
    /** Receivers drop neighbour discovery with any other hop limit, since it was forwarded (RFC 4861 section 7.1). */
    static final int HOP_LIMIT = 255;

    /** The shortest frame of IEEE 802.3, without the checksum that the network card appends. */
    private static final int SHORTEST = 60;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int OVERRIDE = 0x20000000;
    private static final Address ALL_NODES = Address.parse("ff02::1");
    private static final Address NOBODY = Address.parse("::");

    private Frames() {}

    /**
     * All frames of one announcement. IPv4 needs both forms: some stacks accept only requests, some only replies. The
     * target of the reply is the holder (RFC 5944 section 4.6), or Linux does not treat it as gratuitous.
     *
     * @param source Ethernet source: the sender's own address, or the switch learns a wrong port
     * @param holder hardware address of the machine that has the address
     */
    public static List<byte[]> announcement(HardwareAddress source, HardwareAddress holder, Address address) {
        return address.v6()
                ? List.of(advertisement(source, holder, address))
                : List.of(arp(source, REQUEST, holder, address, HardwareAddress.ZERO, address),
                        arp(source, REPLY, holder, address, holder, address));
    }

    /** A question for an address that claims nothing (RFC 5227 section 2.1.1, RFC 4862 section 5.4.2). */
    public static byte[] probe(HardwareAddress source, Address address) {
        return address.v6()
                ? solicitation(source, NOBODY, address)
                : arp(source, REQUEST, source, Address.parse("0.0.0.0"), HardwareAddress.ZERO, address);
    }

    /**
     * A question for an address, in the name of this machine, so that its kernel receives the answer. A machine does
     * not receive its own announcements.
     */
    static byte[] question(HardwareAddress own, Address from, Address address) {
        return address.v6()
                ? solicitation(own, from, address)
                : arp(own, REQUEST, own, from, HardwareAddress.ZERO, address);
    }

    private static byte[] arp(HardwareAddress source, int operation, HardwareAddress sender, Address senderAddress,
            HardwareAddress target, Address targetAddress) {
        ByteBuffer frame = ethernet(HardwareAddress.BROADCAST, source, ARP, SHORTEST);
        frame.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4).putShort((short) operation);
        frame.put(sender.bytes()).put(senderAddress.bytes()).put(target.bytes()).put(targetAddress.bytes());
        return frame.array();
    }

    /**
     * An unsolicited advertisement with the override flag and the link-layer address option (RFC 4861 sections 4.4 and
     * 7.2.6).
     */
    private static byte[] advertisement(HardwareAddress source, HardwareAddress holder, Address address) {
        ByteBuffer message = ByteBuffer.allocate(32);
        message.put((byte) ADVERTISEMENT).put((byte) 0).putShort((short) 0).putInt(OVERRIDE).put(address.bytes());
        message.put((byte) 2).put((byte) 1).put(holder.bytes());
        return icmp6(new HardwareAddress("33:33:00:00:00:01"), source, address, ALL_NODES, message.array());
    }

    /**
     * A solicitation, with the source link-layer address option unless the source is unspecified (RFC 4861 section
     * 4.3).
     */
    private static byte[] solicitation(HardwareAddress source, Address from, Address address) {
        byte[] end = address.bytes();
        boolean named = !from.equals(NOBODY);
        ByteBuffer message = ByteBuffer.allocate(named ? 32 : 24);
        message.put((byte) SOLICITATION).put((byte) 0).putShort((short) 0).putInt(0).put(end);
        if (named) {
            message.put((byte) 1).put((byte) 1).put(source.bytes());
        }
        byte[] multicast = {0x33, 0x33, (byte) 0xff, end[13], end[14], end[15]};
        return icmp6(HardwareAddress.of(multicast), source, from, solicitedNode(end), message.array());
    }

    /** The solicited-node multicast address (RFC 4291 section 2.7.1). */
    private static Address solicitedNode(byte[] address) {
        return Address.parse("ff02::1:ff%02x:%02x%02x".formatted(address[13], address[14], address[15]));
    }

    private static byte[] icmp6(HardwareAddress to, HardwareAddress from, Address source, Address destination,
            byte[] message) {
        ByteBuffer frame = ethernet(to, from, IPV6, ETHERNET_HEADER + IPV6_HEADER + message.length);
        frame.putInt(0x60000000).putShort((short) message.length).put((byte) ICMPV6).put((byte) HOP_LIMIT);
        frame.put(source.bytes()).put(destination.bytes());
        ByteBuffer.wrap(message).putShort(2, checksum(source, destination, message));
        frame.put(message);
        return frame.array();
    }

    /** The ICMPv6 checksum (RFC 4443 section 2.3) with the pseudo-header of RFC 8200 section 8.1. */
    private static short checksum(Address source, Address destination, byte[] message) {
        ByteBuffer covered = ByteBuffer.allocate(40 + message.length);
        covered.put(source.bytes()).put(destination.bytes()).putInt(message.length).putInt(ICMPV6).put(message).flip();
        long sum = 0;
        while (covered.hasRemaining()) {
            sum += covered.getShort() & 0xffff;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }

    private static ByteBuffer ethernet(HardwareAddress to, HardwareAddress from, int type, int length) {
        return ByteBuffer.allocate(Math.max(SHORTEST, length)).put(to.bytes()).put(from.bytes()).putShort((short) type);
    }

    /** Frames in hexadecimal, for the program that sends them on a server. */
    static List<String> hex(List<byte[]> frames) {
        List<String> digits = new ArrayList<>();
        frames.forEach(f -> digits.add(java.util.HexFormat.of().formatHex(f)));
        return digits;
    }
}
