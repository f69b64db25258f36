package net.reroute.simulation.cli;

import java.util.List;
import java.util.Optional;
import net.reroute.core.Prefix;

/** Parses and prints static routes as IOS XR does, and has the format of its table. */
final class IosXrSyntax {

    private static final RouteKeywords WORDS = new RouteKeywords(List.of("tag", "description", "track", "metric"),
            List.of("permanent"), List.of("tag", "description", "track", "metric", "permanent"));
    private static final String ENTRY = """

                                        Routing entry for {prefix}
                                          Known via "static", distance {distance}, metric 0
                                          Installed Nov 20 10:15:01.011 for 00:00:01
                                          Routing Descriptor Blocks
                                        """;
    private static final String HOP = "    {hop}\n      Route metric is 0";
    private static final String TAIL = "  No advertising protos. ";
    private static final String ATTACHED = """

                                           Routing entry for {network}
                                             Known via "connected", distance 0, metric 0 (connected)
                                             Installed Nov 20 10:15:01.011 for 00:00:01
                                             Routing Descriptor Blocks
                                               directly connected, via {link}
                                                 Route metric is 0
                                           """ + TAIL;
    private static final String NOTHING = "\n% Network not in table";
    private static final String WAY = " [{distance}/0] via {hop}, 00:12:07";
    static final TableFormat FOUR = new TableFormat("\n", "S{star}   {prefix}" + WAY, "     {blank}" + WAY, "", ENTRY,
            HOP,
            TAIL,
            ATTACHED, NOTHING);
    static final TableFormat SIX = new TableFormat("\n", "S{star}   {prefix} \n     " + WAY, "     " + WAY, "", ENTRY,
            HOP,
            TAIL, ATTACHED, NOTHING);

    private IosXrSyntax() {}

    /**
     * Parses a static route.
     *
     * @param words of the whole line
     * @param from index of the first word after {@code router static}
     * @param distance to use if the line has none
     */
    static StaticRoute read(List<String> words, int from, int distance) throws InvalidInput {
        boolean inVrf = words.size() > from + 2 && words.get(from).equals("vrf");
        int at = inVrf ? from + 2 : from;
        if (words.size() < at + 4) {
            throw new InvalidInput(-1);
        }
        if (!words.get(at).equals("address-family")) {
            throw new InvalidInput(at);
        }
        Prefix prefix = RouteKeywords.prefix(words, at + 3, words.get(at + 1).equals("ipv6"));
        return WORDS.parse(words, at + 4,
                new StaticRoute(inVrf ? words.get(from + 1) : "", prefix, Optional.empty(), "",
                        distance, "", true));
    }

    static String line(StaticRoute route) {
        return "router static" + (route.vrf().isEmpty() ? "" : " vrf " + route.vrf()) + " address-family "
                + (route.prefix().network().v6() ? "ipv6" : "ipv4") + " unicast " + route.prefix()
                + (route.interfaceName().isEmpty() ? "" : " " + route.interfaceName())
                + route.hop().map(h -> " " + h).orElse("") + (route.distance() == 1 ? "" : " " + route.distance())
                + (route.more().isEmpty() ? "" : " " + route.more());
    }
}
