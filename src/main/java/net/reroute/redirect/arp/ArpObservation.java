package net.reroute.redirect.arp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;

/**
 * What a frame on the LAN says about an address.
 *
 * @param meaning whether the sender asks for the address or claims it
 * @param from hardware address of the machine that asks or claims
 * @param address in question
 */
public record ArpObservation(Meaning meaning, HardwareAddress from, Address address) {

    /** ASK: the sender looks for the address. CLAIM: the sender has it. */
    public enum Meaning {
        ASK, CLAIM
    }

    private static final int ARP_END = 42;
    private static final int MESSAGE = Frames.ETHERNET_HEADER + Frames.IPV6_HEADER;
    private static final int SMALLEST_MESSAGE = 24;

    /** Reads a frame. Empty if it is cut short, or neither ARP nor neighbour discovery. */
    public static List<ArpObservation> in(byte[] frame) {
        int type = frame.length < Frames.ETHERNET_HEADER ? 0 : ByteBuffer.wrap(frame).getShort(12) & 0xffff;
        return switch (type) {
            case Frames.ARP -> arp(frame);
            case Frames.IPV6 -> neighbour(frame);
            default -> List.of();
        };
    }

    /** The sender address is a claim, even in a question for another address (RFC 5227 section 2.4). */
    private static List<ArpObservation> arp(byte[] frame) {
        ByteBuffer packet = ByteBuffer.wrap(frame);
        if (frame.length < ARP_END || packet.getInt(14) != 0x00010800 || packet.getShort(18) != 0x0604) {
            return List.of();
        }
        return said(hardware(frame, 22), address(frame, 28, 4), packet.getShort(20) == 1, address(frame, 38, 4));
    }

    private static List<ArpObservation> neighbour(byte[] frame) {
        if (frame.length < MESSAGE + SMALLEST_MESSAGE || frame[20] != Frames.ICMPV6
                || (frame[21] & 255) != Frames.HOP_LIMIT) {
            return List.of();
        }
        int type = frame[MESSAGE] & 255;
        Address target = address(frame, MESSAGE + 8, 16);
        if (type == Frames.SOLICITATION) {
            return said(hardware(frame, 6), address(frame, 22, 16), true, target);
        }
        boolean option = frame.length >= MESSAGE + 32 && frame[MESSAGE + 24] == 2 && frame[MESSAGE + 25] == 1;
        if (type != Frames.ADVERTISEMENT) {
            return List.of();
        }
        return List.of(new ArpObservation(Meaning.CLAIM, hardware(frame, option ? MESSAGE + 26 : 6), target));
    }

    private static List<ArpObservation> said(HardwareAddress sender, Address own, boolean asks, Address target) {
        List<ArpObservation> heard = new ArrayList<>();
        if (own.bits().signum() != 0) {
            heard.add(new ArpObservation(Meaning.CLAIM, sender, own));
        }
        if (asks && !own.equals(target)) {
            heard.add(new ArpObservation(Meaning.ASK, sender, target));
        }
        return heard;
    }

    private static HardwareAddress hardware(byte[] frame, int at) {
        return HardwareAddress.of(Arrays.copyOfRange(frame, at, at + 6));
    }

    private static Address address(byte[] frame, int at, int length) {
        return new Address(length == 16, new BigInteger(1, Arrays.copyOfRange(frame, at, at + length)));
    }
}
