package net.reroute.simulation.linux;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import net.reroute.core.Address;

/**
 * An Ethernet frame of ARP (RFC 826) or neighbour discovery (RFC 4861), in hexadecimal digits. Read here anew, and not
 * by the code that it is to test.
 */
record LanFrame(String digits) {

    private static final int SHORTEST = 84;
    private static final String ARP = "0806";
    private static final String ADVERTISEMENT = "88";
    private static final String SOLICITATION = "87";

    boolean isArp() {
        return digits.startsWith(ARP, 24);
    }

    private boolean is(String icmp) {
        return digits.length() >= 2 * 78 && digits.startsWith("86dd", 24) && digits.startsWith(icmp, 108);
    }

    /** The digits of the address that it asks for, or answers about; empty if it is something else. */
    String target() {
        if (isArp() && digits.length() >= SHORTEST) {
            return digits.substring(76, 84);
        }
        return is(SOLICITATION) || is(ADVERTISEMENT) ? digits.substring(124, 156) : "";
    }

    /** The digits of the address that its sender says to have; empty or zeros if it says nothing of itself. */
    String claimed() {
        if (isArp() && digits.length() >= SHORTEST) {
            return digits.substring(56, 64);
        }
        if (is(SOLICITATION)) {
            return digits.substring(44, 76);
        }
        return is(ADVERTISEMENT) ? target() : "";
    }

    /** The address that the receivers should answer for. */
    Optional<Address> asksFor() {
        boolean asks = isArp() ? digits.startsWith("0001", 40) && !target().equals(claimed()) : is(SOLICITATION);
        return asks ? Optional.of(address(target())) : Optional.empty();
    }

    /** The address that it announces unasked, so that everybody changes what he believes. */
    Optional<Address> announces() {
        boolean unasked = isArp() ? target().equals(claimed()) : is(ADVERTISEMENT);
        return unasked && !target().isEmpty() ? Optional.of(address(target())) : Optional.empty();
    }

    /** The hardware address that it says the announced address is at. */
    String holder() {
        boolean option = digits.length() >= 2 * 86 && digits.startsWith("0201", 156);
        if (isArp()) {
            return hardware(44);
        }
        return option ? hardware(160) : hardware(12);
    }

    private String hardware(int at) {
        return HexFormat.ofDelimiter(":").formatHex(HexFormat.of().parseHex(digits.substring(at, at + 12)));
    }

    /** The answer of a kernel that has the address. */
    LanFrame answeredBy(String hardware) {
        String own = hardware.replace(":", "");
        String asker = digits.substring(12, 24);
        if (isArp()) {
            return new LanFrame(asker + own + ARP + "0001080006040002" + own + target() + digits.substring(44, 64)
                    + "0".repeat(36));
        }
        return new LanFrame(asker + own + "86dd" + "60000000" + "0020" + "3aff" + target() + digits.substring(44, 76)
                + ADVERTISEMENT + "000000" + "60000000" + target() + "0201" + own);
    }

    private static Address address(String digits) {
        return new Address(digits.length() > 8, new BigInteger(digits, 16));
    }
}
