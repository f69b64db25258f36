package net.reroute.simulation.cli;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/** Parses and prints {@code ip route} and {@code ipv6 route} as Cisco IOS does. */
final class IosSyntax {

    private static final BigInteger ALL = BigInteger.valueOf(0xffffffffL);

    static final RouteKeywords WORDS = new RouteKeywords(List.of("name", "tag", "track"),
            List.of("permanent", "multicast", "dhcp", "global"),
            List.of("tag", "permanent", "multicast", "dhcp", "global", "name", "track"));

    private IosSyntax() {}

    /**
     * Parses a static route.
     *
     * @param from index of the first word after {@code ip route} or {@code ipv6 route}
     * @param adds false if the line removes routes, whatever their distance
     */
    static StaticRoute read(List<String> words, int from, boolean v6, boolean adds) throws InvalidInput {
        boolean inVrf = words.size() > from + 1 && "vrf".equals(words.get(from));
        int at = inVrf ? from + 2 : from;
        Prefix prefix = v6 ? prefix6(words, at) : prefix4(words, at);
        StaticRoute read = WORDS.parse(words, at + (v6 ? 1 : 2),
                new StaticRoute(inVrf ? words.get(from + 1) : "", prefix, Optional.empty(), "", 1, "", true));
        return adds
                ? read
                : new StaticRoute(read.vrf(), prefix, read.hop(), read.interfaceName(), 0, read.more(), true);
    }

    private static Prefix prefix4(List<String> words, int at) throws InvalidInput {
        if (words.size() < at + 2) {
            throw new InvalidInput(-1);
        }
        Address network = RouteKeywords.address(words, at, false);
        Address mask = RouteKeywords.address(words, at + 1, false);
        int ones = mask.bits().bitCount();
        if (!ALL.shiftLeft(32 - ones).and(ALL).equals(mask.bits()) || !network.bits().and(mask.bits()).equals(network
                .bits())) {
            throw new InvalidInput("%Inconsistent address and mask");
        }
        return new Prefix(network, ones);
    }

    private static Prefix prefix6(List<String> words, int at) throws InvalidInput {
        if (words.size() <= at) {
            throw new InvalidInput(-1);
        }
        return RouteKeywords.prefix(words, at, true);
    }

    /** The line in the configuration. */
    static String line(StaticRoute route) {
        boolean v6 = route.prefix().network().v6();
        return (v6 ? "ipv6 route" : "ip route") + (route.vrf().isEmpty() ? "" : " vrf " + route.vrf())
                + " " + (v6 ? upper(route.prefix()) : route.prefix().network() + " " + route.prefix().mask())
                + (route.interfaceName().isEmpty() ? "" : " " + route.interfaceName())
                + route.hop().map(h -> " " + upper(h)).orElse("")
                + (route.distance() == 1 ? "" : " " + route.distance())
                + (route.more().isEmpty() ? "" : " " + route.more());
    }

    /** Upper case, as IOS prints IPv6. */
    static String upper(Object value) {
        return value.toString().toUpperCase(Locale.ROOT);
    }
}
