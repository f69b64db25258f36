package net.reroute.simulation;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.StaticRoutes.Static;

/** {@code ip route} and {@code ipv6 route} as Cisco IOS reads and writes them. */
final class IosSyntax {

    private static final BigInteger ALL = BigInteger.valueOf(0xffffffffL);

    private static final RouteWords WORDS = new RouteWords(List.of("name", "tag", "track"),
            List.of("permanent", "multicast", "dhcp", "global"),
            List.of("tag", "permanent", "multicast", "dhcp", "global", "name", "track"));

    private IosSyntax() {}

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
        return WORDS.parse(words, at, new Static(vrf, prefix, Optional.empty(), "", 1, "", true));
    }

    private static Prefix prefix4(List<String> words, int at) throws BadLine {
        if (words.size() < at + 2) {
            throw new BadLine(-1, "% Incomplete command.");
        }
        Address network = RouteWords.address(words, at, false);
        Address mask = RouteWords.address(words, at + 1, false);
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
        return RouteWords.prefix(words, at, true);
    }

    /** The line of the configuration. */
    static String line(Static route) {
        StringBuilder line = new StringBuilder(route.prefix().network().v6() ? "ipv6 route" : "ip route");
        line.append(route.vrf().isEmpty() ? "" : " vrf " + route.vrf()).append(' ').append(route.prefix().network().v6()
                ? route.prefix().toString().toUpperCase(java.util.Locale.ROOT)
                : route.prefix().network() + " " + route.prefix().mask());
        line.append(route.interfaceName().isEmpty() ? "" : " " + route.interfaceName());
        route.hop().ifPresent(h -> line.append(' ').append(h.toString().toUpperCase(java.util.Locale.ROOT)));
        line.append(route.distance() == 1 ? "" : " " + route.distance());
        return line.append(route.more().isEmpty() ? "" : " " + route.more()).toString();
    }

}
