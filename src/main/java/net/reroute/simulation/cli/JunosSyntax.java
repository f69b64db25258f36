package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Prefix;

/** Parses and prints static routes as Junos does, and has the format of its table. */
final class JunosSyntax {

    private static final String HEAD = """

                                       {instance}{table}: 12 destinations, 13 routes (12 active, 0 holddown, 0 hidden)
                                       + = Active Route, - = Last Active, * = Both

                                       """;
    private static final String FIRST = """
                                        {padded}*[Static/{distance}] 00:12:07
                                                            >  to {hop} via {link}.0
                                        """;
    private static final String MORE = "                       to {hop} via {link}.0";
    private static final String ATTACHED = HEAD + """
                                                  {padded}*[Direct/0] 3w2d 10:15:02
                                                                      >  via {link}.0
                                                  """;
    static final TableFormat FOUR = new TableFormat(HEAD.replace("{table}", "inet.0"), FIRST, MORE, "", "", "", "",
            ATTACHED.replace("{table}", "inet.0"), "");
    static final TableFormat SIX = new TableFormat(HEAD.replace("{table}", "inet6.0"), FIRST, MORE, "", "", "", "",
            ATTACHED.replace("{table}", "inet6.0"), "");

    private JunosSyntax() {}

    /**
     * Parses {@code set [routing-instances V] routing-options [rib R] static route P}, followed by nothing, by
     * {@code next-hop H} or by {@code qualified-next-hop H [preference N]}.
     *
     * @param distance to use if the line has no preference
     */
    static StaticRoute read(List<String> words, int distance) throws InvalidInput {
        int at = words.size() > 2 && words.get(1).equals("routing-instances") ? 3 : 1;
        String vrf = at == 3 ? words.get(2) : "";
        expect(words, at++, "routing-options");
        boolean v6 = words.size() > at + 1 && words.get(at).equals("rib") && words.get(at + 1).endsWith("inet6.0");
        at += words.size() > at && words.get(at).equals("rib") ? 2 : 0;
        expect(words, at++, "static");
        expect(words, at++, "route");
        expect(words, at, "[\\d.]+/\\d+|[\\da-f:.]+/\\d+");
        Prefix prefix = RouteKeywords.prefix(words, at++, v6);
        return lookup(words, at, new StaticRoute(vrf, prefix, Optional.empty(), "", distance, "", true));
    }

    private static StaticRoute lookup(List<String> words, int from, StaticRoute route) throws InvalidInput {
        if (words.size() == from) {
            return route;
        }
        expect(words, from, "(qualified-)?next-hop");
        expect(words, from + 1, ".+");
        String more = words.get(from).startsWith("q") ? "qualified" : "";
        boolean preference = words.size() == from + 4 && words.get(from + 2).equals("preference");
        if (words.size() > from + 2 && !(preference && words.get(from + 3).matches("\\d{1,3}"))) {
            throw new InvalidInput(from + 2);
        }
        return new StaticRoute(route.vrf(), route.prefix(),
                Optional.of(RouteKeywords.address(words, from + 1, route.prefix().network().v6())), "",
                preference ? Integer.parseInt(words.get(from + 3)) : route.distance(), more, true);
    }

    private static void expect(List<String> words, int at, String pattern) throws InvalidInput {
        if (words.size() <= at) {
            throw new InvalidInput(-1);
        }
        if (!words.get(at).matches(pattern)) {
            throw new InvalidInput(at);
        }
    }

    /** The path of a route in the configuration tree. */
    static String path(StaticRoute route) {
        String rib = (route.vrf().isEmpty() ? "" : route.vrf() + ".") + "inet6.0";
        return (route.vrf().isEmpty() ? "" : "routing-instances " + route.vrf() + " ") + "routing-options "
                + (route.prefix().network().v6() ? "rib " + rib + " " : "") + "static route " + route.prefix();
    }

    static String line(StaticRoute route) {
        boolean qualified = route.distance() != 1 || !route.more().isEmpty();
        return "set " + path(route) + (qualified ? " qualified-next-hop " : " next-hop ") + RoutingTable.hop(route)
                + (route.distance() == 1 ? "" : " preference " + route.distance());
    }

    /** @param set true: as set commands; false: one statement a line */
    static List<String> shown(List<StaticRoute> routes, boolean set) {
        List<String> lines = new ArrayList<>();
        routes.stream().map(JunosSyntax::line).forEach(l -> lines.add(set ? l : l.substring("set ".length()) + ";"));
        return lines;
    }
}
