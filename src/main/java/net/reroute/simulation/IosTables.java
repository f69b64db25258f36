package net.reroute.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.StaticRoutes.Static;

/** Routing tables as Cisco IOS 15 prints them. */
final class IosTables {

    private static final List<String> CODES = List.of(
            "Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP",
            "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area",
            "       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2",
            "       ia - IS-IS inter area, * - candidate default, U - per-user static route",
            "       + - replicated route, % - next hop override");

    private IosTables() {}

    static List<String> statics(StaticRoutes routes, String vrf) {
        List<String> lines = new ArrayList<>();
        if (!vrf.isEmpty()) {
            lines.addAll(List.of("", "Routing Table: " + vrf));
        }
        lines.addAll(CODES);
        lines.add("");
        List<Static> all = routes.used(vrf).stream().filter(s -> !s.prefix().network().v6()).toList();
        List<Static> defaults = all.stream().filter(s -> s.prefix().length() == 0).toList();
        lines.add(defaults.isEmpty()
                ? "Gateway of last resort is not set"
                : "Gateway of last resort is " + hop(defaults.getFirst()) + " to network 0.0.0.0");
        lines.add("");
        defaults.forEach(s -> lines.add("S*    0.0.0.0/0 " + way(s)));
        byMajor(all.stream().filter(s -> s.prefix().length() > 0).toList())
                .forEach((major, group) -> group(major, group,
                        lines));
        return lines;
    }

    private static String hop(Static route) {
        return route.hop().map(Address::toString).orElse("0.0.0.0");
    }

    private static String way(Static route) {
        return route.hop().map(h -> "[" + route.distance() + "/0] via " + h
                + (route.interfaceName().isEmpty() ? "" : ", " + route.interfaceName()))
                .orElse("is directly connected, " + route.interfaceName());
    }

    /** Class A, B and C are long gone, and IOS still groups its table by them. */
    private static Map<Prefix, List<Static>> byMajor(List<Static> routes) {
        Map<Prefix, List<Static>> groups = new LinkedHashMap<>();
        for (Static route : routes) {
            int first = route.prefix().network().bytes()[0] & 255;
            int length = Math.min(route.prefix().length(), first < 128 ? 8 : first < 192 ? 16 : 24);
            groups.computeIfAbsent(Prefix.around(route.prefix().network(), length), p -> new ArrayList<>()).add(route);
        }
        return groups;
    }

    private static void group(Prefix major, List<Static> group, List<String> lines) {
        long prefixes = group.stream().map(Static::prefix).distinct().count();
        long masks = group.stream().map(s -> s.prefix().length()).distinct().count();
        boolean whole = group.stream().allMatch(s -> s.prefix().equals(major));
        if (whole) {
            lines.add("S     " + major + " " + way(group.getFirst()));
            group.stream().skip(1).forEach(s -> lines.add(" ".repeat(15) + way(s)));
            return;
        }
        lines.add("      " + (masks == 1
                ? major.network() + "/" + group.getFirst().prefix().length() + " is subnetted, " + prefixes + " subnets"
                : major + " is variably subnetted, " + prefixes + " subnets, " + masks + " masks"));
        Prefix before = null;
        for (Static s : group) {
            String name = masks == 1 ? s.prefix().network().toString() : s.prefix().toString();
            lines.add(s.prefix().equals(before)
                    ? " ".repeat(10 + name.length()) + way(s)
                    : "S        " + name + " " + way(s));
            before = s.prefix();
        }
    }

    static List<String> lookup(StaticRoutes routes, String vrf, Address address) {
        List<Static> found = routes.lookup(vrf, address);
        Optional<Link> attached = routes.attached(vrf, address);
        if (attached.isPresent()) {
            return List.of("Routing entry for " + attached.get().network(),
                    "  Known via \"connected\", distance 0, metric 0 (connected, via interface)",
                    "  Routing Descriptor Blocks:", "  * directly connected, via " + attached.get().name(),
                    "      Route metric is 0, traffic share count is 1");
        }
        if (found.isEmpty()) {
            return List.of("% Network not in table");
        }
        List<String> lines = new ArrayList<>(List.of("", "Routing entry for " + found.getFirst().prefix(),
                "  Known via \"static\", distance " + found.getFirst().distance() + ", metric 0",
                "  Routing Descriptor Blocks:"));
        if (!vrf.isEmpty()) {
            lines.addFirst("Routing Table: " + vrf);
        }
        for (int i = 0; i < found.size(); i++) {
            Static s = found.get(i);
            lines.add("  " + (i == found.size() - 1 ? "* " : "  ") + s.hop().map(h -> h
                    + (s.interfaceName().isEmpty() ? "" : ", via " + s.interfaceName()))
                    .orElse("directly connected, via " + s.interfaceName()));
            lines.add("      Route metric is 0, traffic share count is 1");
        }
        return lines;
    }

    static List<String> statics6(StaticRoutes routes, String vrf) {
        List<String> lines = new ArrayList<>(List.of("IPv6 Routing Table - default - 5 entries",
                "Codes: C - Connected, L - Local, S - Static, U - Per-user Static route"));
        Prefix before = null;
        for (Static s : routes.used(vrf)) {
            if (s.prefix().network().v6()) {
                if (!s.prefix().equals(before)) {
                    lines.add("S   " + upper(s.prefix()) + " [" + s.distance() + "/0]");
                }
                lines.add(
                        "     via " + s.hop().map(IosTables::upper).orElse(s.interfaceName() + ", directly connected"));
                before = s.prefix();
            }
        }
        return lines;
    }

    static List<String> lookup6(StaticRoutes routes, String vrf, Address address) {
        List<Static> found = routes.lookup(vrf, address);
        if (found.isEmpty() || routes.attached(vrf, address).isPresent()) {
            return routes.attached(vrf, address).map(l -> List.of("Routing entry for " + upper(l.network()),
                    "  Known via \"connected\", distance 0, metric 0, type connected",
                    "  Route count is 1/1, share count 0", "  Routing paths:", "    directly connected via " + l.name(),
                    "      Last updated 00:10:00 ago")).orElse(List.of("% Route not found"));
        }
        List<String> lines = new ArrayList<>(List.of("Routing entry for " + upper(found.getFirst().prefix()),
                "  Known via \"static\", distance " + found.getFirst().distance() + ", metric 0",
                "  Route count is " + found.size() + "/" + found.size() + ", share count 0", "  Routing paths:"));
        found.forEach(s -> {
            lines.add("    " + s.hop().map(IosTables::upper).orElse("directly connected via " + s.interfaceName()));
            lines.add("      Last updated 00:00:10 ago");
        });
        return lines;
    }

    private static String upper(Object value) {
        return value.toString().toUpperCase(Locale.ROOT);
    }
}
