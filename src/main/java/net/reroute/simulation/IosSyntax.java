package net.reroute.simulation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.StaticRoutes.Static;

/** {@code ip route} and {@code ipv6 route} as Cisco IOS reads and writes them. */
final class IosSyntax {

    private static final BigInteger ALL = BigInteger.valueOf(0xffffffffL);

    private IosSyntax() {}

    /** What is wrong with a line. */
    static final class BadLine extends Exception {
        private static final long serialVersionUID = 1L;

        /** The word at which the caret stands; -1 = the message alone. */
        private final int word;

        BadLine(int word, String message) {
            super(message);
            this.word = word;
        }

        int word() {
            return word;
        }
    }

    /** @param words behind {@code ip route} or {@code ipv6 route} */
    static Static parse(List<String> words, boolean v6, boolean removing) throws BadLine {
        int at = 0;
        String vrf = "";
        if (words.size() > 1 && "vrf".equals(words.getFirst())) {
            vrf = words.get(1);
            at = 2;
        }
        Prefix prefix = v6 ? prefix6(words, at) : prefix4(words, at);
        at += v6 ? 1 : 2;
        if (at >= words.size() && !removing) {
            throw new BadLine(-1, "% Incomplete command.");
        }
        return rest(words, at, new Static(vrf, prefix, Optional.empty(), "", 1, "", true));
    }

    private static Prefix prefix4(List<String> words, int at) throws BadLine {
        if (words.size() < at + 2) {
            throw new BadLine(-1, "% Incomplete command.");
        }
        Address network = address(words.get(at), at);
        Address mask = address(words.get(at + 1), at + 1);
        int ones = mask.bits().bitCount();
        if (!ALL.shiftLeft(32 - ones).and(ALL).equals(mask.bits()) || !network.bits().and(mask.bits()).equals(network
                .bits())) {
            throw new BadLine(-1, "%Inconsistent address and mask");
        }
        return new Prefix(network, ones);
    }

    private static Prefix prefix6(List<String> words, int at) throws BadLine {
        if (words.size() <= at) {
            throw new BadLine(-1, "% Incomplete command.");
        }
        try {
            return Prefix.parse(words.get(at));
        } catch (IllegalArgumentException e) {
            throw new BadLine(at, "");
        }
    }

    private static Address address(String word, int at) throws BadLine {
        try {
            return Address.parse(word);
        } catch (IllegalArgumentException e) {
            throw new BadLine(at, "");
        }
    }

    private static Static rest(List<String> words, int from, Static begun) throws BadLine {
        Optional<Address> hop = Optional.empty();
        String interfaceName = "";
        int distance = 1;
        List<String> more = new ArrayList<>();
        for (int i = from; i < words.size(); i++) {
            String word = words.get(i);
            if (List.of("name", "tag", "track").contains(word) && i + 1 < words.size()) {
                more.add(word + " " + words.get(++i));
            } else if (List.of("permanent", "multicast", "dhcp", "global").contains(word)) {
                more.add(word);
            } else if (word.matches("\\d{1,3}") && Integer.parseInt(word) < 256 && Integer.parseInt(word) > 0) {
                distance = Integer.parseInt(word);
            } else if (word.matches("[\\d.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")) {
                hop = Optional.of(address(word, i));
            } else if (word.matches("[A-Z][A-Za-z-]+[\\d/.]+")) {
                interfaceName = word;
            } else {
                throw new BadLine(i, "");
            }
        }
        return new Static(begun.vrf(), begun.prefix(), hop, interfaceName, distance, String.join(" ", order(more)),
                true);
    }

    /** The order in which it is printed is not that in which it may be typed. */
    private static List<String> order(List<String> more) {
        List<String> ordered = new ArrayList<>();
        for (String first : List.of("tag", "permanent", "multicast", "dhcp", "global", "name", "track")) {
            more.stream().filter(m -> m.startsWith(first)).forEach(ordered::add);
        }
        return ordered;
    }

    /** The line of the configuration. */
    static String line(Static route) {
        StringBuilder line = new StringBuilder(route.prefix().network().v6() ? "ipv6 route" : "ip route");
        line.append(route.vrf().isEmpty() ? "" : " vrf " + route.vrf()).append(' ').append(route.prefix().network().v6()
                ? route.prefix().toString().toUpperCase(java.util.Locale.ROOT)
                : route.prefix().network() + " " + mask(route.prefix()));
        line.append(route.interfaceName().isEmpty() ? "" : " " + route.interfaceName());
        route.hop().ifPresent(h -> line.append(' ').append(h.toString().toUpperCase(java.util.Locale.ROOT)));
        line.append(route.distance() == 1 ? "" : " " + route.distance());
        return line.append(route.more().isEmpty() ? "" : " " + route.more()).toString();
    }

    static Address mask(Prefix prefix) {
        return new Address(false, ALL.shiftLeft(32 - prefix.length()).and(ALL));
    }
}
