package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;

/** Prints routing tables as Cisco IOS 15 does. */
final class IosTable extends RoutingTable {

    private static final List<String> CODES = List.of(
            "Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP",
            "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area",
            "       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2",
            "       ia - IS-IS inter area, * - candidate default, U - per-user static route",
            "       + - replicated route, % - next hop override");

    private static final String METRIC = "      Route metric is 0, traffic share count is 1";

    private final StaticRoutes routes;

    IosTable(StaticRoutes routes) {
        this.routes = routes;
    }

    private List<StaticRoute> used(String vrf, boolean v6) {
        return routes.used(vrf).stream().filter(s -> s.prefix().network().v6() == v6).toList();
    }

    @Override
    List<String> table(String vrf, boolean v6) {
        return v6 ? table6(vrf) : table4(vrf);
    }

    @Override
    List<String> lookup(String vrf, Address address) {
        List<StaticRoute> found = routes.lookup(vrf, address);
        Optional<Link> attached = routes.attached(vrf, address);
        if (attached.isPresent()) {
            return address.v6() ? attached6(attached.get()) : attached4(attached.get());
        }
        if (found.isEmpty()) {
            return List.of(address.v6() ? "% Route not found" : "% Network not in table");
        }
        return address.v6() ? entry6(found) : entry4(vrf, found);
    }

    // ---- IPv4 ----------------------------------------------------------------------------------------------------

    private List<String> table4(String vrf) {
        List<StaticRoute> all = used(vrf, false);
        List<StaticRoute> defaults = all.stream().filter(s -> s.prefix().length() == 0).toList();
        List<String> lines = new ArrayList<>(vrf.isEmpty() ? List.of() : List.of("", "Routing Table: " + vrf));
        lines.addAll(CODES);
        lines.addAll(List.of("", defaults.isEmpty()
                ? "Gateway of last resort is not set"
                : "Gateway of last resort is " + hop4(defaults.getFirst()) + " to network 0.0.0.0", ""));
        defaults.forEach(s -> lines.add("S*    0.0.0.0/0 " + way4(s)));
        byMajor(all.stream().filter(s -> s.prefix().length() > 0).toList())
                .forEach((major, group) -> lines.addAll(group(major, group)));
        return lines;
    }

    private static String hop4(StaticRoute route) {
        return route.hop().map(Address::toString).orElse("0.0.0.0");
    }

    private static String way4(StaticRoute route) {
        return route.hop().map(h -> "[" + route.distance() + "/0] via " + h
                + (route.interfaceName().isEmpty() ? "" : ", " + route.interfaceName()))
                .orElse("is directly connected, " + route.interfaceName());
    }

    /** Groups routes by class A, B and C networks, as IOS still does. */
    private static Map<Prefix, List<StaticRoute>> byMajor(List<StaticRoute> routes) {
        Map<Prefix, List<StaticRoute>> groups = new LinkedHashMap<>();
        for (StaticRoute route : routes) {
            int length = Math.min(route.prefix().length(), classLength(route.prefix()));
            groups.computeIfAbsent(Prefix.around(route.prefix().network(), length), p -> new ArrayList<>()).add(route);
        }
        return groups;
    }

    private static int classLength(Prefix prefix) {
        int first = prefix.network().bytes()[0] & 255;
        if (first < 128) {
            return 8;
        }
        return first < 192 ? 16 : 24;
    }

    private static List<String> group(Prefix major, List<StaticRoute> group) {
        List<String> lines = new ArrayList<>();
        if (group.stream().allMatch(s -> s.prefix().equals(major))) {
            lines.add("S     " + major + " " + way4(group.getFirst()));
            group.stream().skip(1).forEach(s -> lines.add(" ".repeat(15) + way4(s)));
            return lines;
        }
        long prefixes = group.stream().map(StaticRoute::prefix).distinct().count();
        long masks = group.stream().map(s -> s.prefix().length()).distinct().count();
        lines.add("      " + (masks == 1
                ? major.network() + "/" + group.getFirst().prefix().length() + " is subnetted, " + prefixes + " subnets"
                : major + " is variably subnetted, " + prefixes + " subnets, " + masks + " masks"));
        lines.addAll(members(group, masks == 1));
        return lines;
    }

    /** @param oneMask true if the heading shows the mask for all */
    private static List<String> members(List<StaticRoute> group, boolean oneMask) {
        List<String> lines = new ArrayList<>();
        Prefix before = null;
        for (StaticRoute s : group) {
            String name = oneMask ? s.prefix().network().toString() : s.prefix().toString();
            lines.add(s.prefix().equals(before)
                    ? " ".repeat(10 + name.length()) + way4(s)
                    : "S        " + name + " " + way4(s));
            before = s.prefix();
        }
        return lines;
    }

    private static List<String> attached4(Link link) {
        return List.of("Routing entry for " + link.network(),
                "  Known via \"connected\", distance 0, metric 0 (connected, via interface)",
                "  Routing Descriptor Blocks:", "  * directly connected, via " + link.name(), METRIC);
    }

    private static List<String> entry4(String vrf, List<StaticRoute> found) {
        List<String> lines = new ArrayList<>(vrf.isEmpty() ? List.of() : List.of("Routing Table: " + vrf));
        lines.addAll(List.of("", "Routing entry for " + found.getFirst().prefix(),
                "  Known via \"static\", distance " + found.getFirst().distance() + ", metric 0",
                "  Routing Descriptor Blocks:"));
        for (StaticRoute s : found) {
            lines.add("  " + (s == found.getLast() ? "* " : "  ") + s.hop().map(h -> h
                    + (s.interfaceName().isEmpty() ? "" : ", via " + s.interfaceName()))
                    .orElse("directly connected, via " + s.interfaceName()));
            lines.add(METRIC);
        }
        return lines;
    }

    // ---- IPv6 ----------------------------------------------------------------------------------------------------

    private List<String> table6(String vrf) {
        List<String> lines = new ArrayList<>(List.of("IPv6 Routing Table - default - 5 entries",
                "Codes: C - Connected, L - Local, S - Static, U - Per-user Static route"));
        Prefix before = null;
        for (StaticRoute s : used(vrf, true)) {
            if (!s.prefix().equals(before)) {
                lines.add("S   " + IosSyntax.upper(s.prefix()) + " [" + s.distance() + "/0]");
            }
            lines.add("     via " + s.hop().map(IosSyntax::upper).orElse(s.interfaceName() + ", directly connected"));
            before = s.prefix();
        }
        return lines;
    }

    private static List<String> attached6(Link link) {
        return List.of("Routing entry for " + IosSyntax.upper(link.network()),
                "  Known via \"connected\", distance 0, metric 0, type connected",
                "  Route count is 1/1, share count 0", "  Routing paths:", "    directly connected via " + link.name(),
                "      Last updated 00:10:00 ago");
    }

    private static List<String> entry6(List<StaticRoute> found) {
        List<String> lines = new ArrayList<>(List.of("Routing entry for " + IosSyntax.upper(found.getFirst().prefix()),
                "  Known via \"static\", distance " + found.getFirst().distance() + ", metric 0",
                "  Route count is " + found.size() + "/" + found.size() + ", share count 0", "  Routing paths:"));
        found.forEach(s -> {
            lines.add("    " + s.hop().map(IosSyntax::upper).orElse("directly connected via " + s.interfaceName()));
            lines.add("      Last updated 00:00:10 ago");
        });
        return lines;
    }
}
