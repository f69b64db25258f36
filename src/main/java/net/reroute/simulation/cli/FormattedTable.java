package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;

/** A routing table that is printed by a device's templates. */
class FormattedTable extends RoutingTable {

    private final RouterState router;
    private final TableFormat four;
    private final TableFormat six;

    FormattedTable(RouterState router, TableFormat four, TableFormat six) {
        this.router = router;
        this.four = four;
        this.six = six;
    }

    private TableFormat format(boolean v6) {
        return v6 ? six : four;
    }

    @Override
    final List<String> table(String vrf, boolean v6) {
        TableFormat as = format(v6);
        List<String> lines = new ArrayList<>(TableFormat.fill(as.head(), place(vrf)));
        Map<Prefix, List<StaticRoute>> byPrefix = new LinkedHashMap<>();
        List<StaticRoute> used = router.routes.used(vrf).stream().filter(s -> s.prefix().network().v6() == v6).toList();
        used.forEach(s -> byPrefix.computeIfAbsent(s.prefix(), p -> new ArrayList<>()).add(s));
        byPrefix.values().forEach(ways -> lines.addAll(each(ways, as.first(), as.more())));
        router.routes.written().stream()
                .filter(s -> s.vrf().equals(vrf) && s.prefix().network().v6() == v6 && !used.contains(s))
                .forEach(s -> lines.addAll(TableFormat.fill(as.unused(), values(s, 1))));
        return lines;
    }

    @Override
    final List<String> lookup(String vrf, Address address) {
        TableFormat as = format(address.v6());
        Optional<Link> link = router.routes.attached(vrf, address);
        if (link.isPresent()) {
            return attached(as, link.get(), place(vrf));
        }
        List<StaticRoute> ways = router.routes.lookup(vrf, address);
        return ways.isEmpty() ? TableFormat.fill(as.nothing(), place(vrf)) : entry(as, ways, place(vrf));
    }

    private static List<String> attached(TableFormat as, Link link, Map<String, String> place) {
        place.putAll(Map.of("network", link.network().toString(), "link", link.name(), "address",
                link.address().toString(), "padded", padded(link.network())));
        return TableFormat.fill(as.attached(), place);
    }

    private List<String> entry(TableFormat as, List<StaticRoute> ways, Map<String, String> place) {
        place.putAll(values(ways.getFirst(), ways.size()));
        boolean plain = as.entry().isEmpty();
        List<String> lines = new ArrayList<>(TableFormat.fill(plain ? as.head() : as.entry(), place));
        lines.addAll(plain ? each(ways, as.first(), as.more()) : each(ways, as.hop(), as.hop()));
        lines.addAll(TableFormat.fill(as.tail(), place));
        return lines;
    }

    private static Map<String, String> place(String vrf) {
        return new HashMap<>(
                Map.of("vrf", vrf.isEmpty() ? "default" : vrf, "instance", vrf.isEmpty() ? "" : vrf + "."));
    }

    private List<String> each(List<StaticRoute> ways, String first, String more) {
        List<String> lines = new ArrayList<>();
        ways.forEach(s -> lines.addAll(TableFormat.fill(lines.isEmpty() ? first : more, values(s, ways.size()))));
        return lines;
    }

    private Map<String, String> values(StaticRoute route, int count) {
        String prefix = route.prefix().toString();
        String link = route.interfaceName().isEmpty()
                ? route.hop().flatMap(router.routes::connected).map(Link::name).orElse("inactive")
                : route.interfaceName();
        Map<String, String> values = new HashMap<>(Map.of("prefix", prefix, "hop", hop(route), "link", link, "count",
                Integer.toString(count), "blank", " ".repeat(prefix.length()), "distance",
                Integer.toString(distance(route)), "star", route.prefix().length() == 0 ? "*" : " "));
        values.put("padded", padded(route.prefix()));
        return values;
    }

    int distance(StaticRoute route) {
        return route.distance();
    }

    private static String padded(Prefix prefix) {
        return String.format("%-19s", prefix);
    }
}
