package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;

/** The list of routes in RouterOS, and the conditions that select from it. */
final class RouterOsTable {

    private static final String REST = " scope=30 target-scope=10 suppress-hw-offload=no";

    private final RouterState router;
    private final boolean v6;

    RouterOsTable(RouterState router, boolean v6) {
        this.router = router;
        this.v6 = v6;
    }

    /** @param how the words after print, such as {@code terse without-paging where static} */
    List<String> print(String how) {
        int where = how.indexOf("where ");
        String wanted = where < 0 ? "" : how.substring(where + "where ".length());
        boolean terse = how.startsWith("terse") || how.contains(" terse");
        List<String> lines = new ArrayList<>();
        if (!terse) {
            lines.addAll(List.of("Flags: D - DYNAMIC; A - ACTIVE; c - CONNECT, s - STATIC",
                    "Columns: DST-ADDRESS, GATEWAY, DISTANCE", "#     DST-ADDRESS        GATEWAY          DISTANCE"));
        }
        lines.addAll(numbered(wanted, terse));
        return lines;
    }

    private List<String> numbered(String wanted, boolean terse) {
        List<String> lines = new ArrayList<>();
        for (Link link : router.routes.links()) {
            if (link.address().v6() == v6 && fits(link, wanted)) {
                lines.add(line(lines.size(), "DAc", new Shown(link.network(), link.name(), link.name(), 0), terse));
            }
        }
        for (StaticRoute route : router.routes.written()) {
            if (fits(route, wanted)) {
                String through = router.routes.connected(route.hop().orElseThrow()).map(Link::name).orElse("");
                lines.add(line(lines.size(), isActive(route) ? " As" : "  s", new Shown(route.prefix(), gateway(route),
                        gateway(route) + "%" + through, route.distance()), terse));
            }
        }
        return lines;
    }

    private record Shown(Prefix prefix, String gateway, String immediate, int distance) {}

    private static String line(int number, String flags, Shown route, boolean terse) {
        return terse
                ? String.format("%2d %s   dst-address=%s routing-table=main gateway=%s immediate-gw=%s distance=%d%s",
                        number, flags, route.prefix(), route.gateway(), route.immediate(), route.distance(), REST)
                : String.format("%d %s %-18s %-16s %8d", number, flags, route.prefix(), route.gateway(),
                        route.distance());
    }

    private boolean isActive(StaticRoute route) {
        return router.routes.used("").contains(route);
    }

    static String gateway(StaticRoute route) {
        return route.hop().map(Address::toString).orElse("")
                + (route.interfaceName().isEmpty() ? "" : "%" + route.interfaceName());
    }

    private static boolean fits(Link link, String wanted) {
        return conditions(wanted).stream().allMatch(c -> switch (c) {
            case "active", "dynamic", "connect" -> true;
            default -> holds(link.network(), c) || c.equals("dst-address=" + link.network());
        });
    }

    /** @param wanted conditions separated by {@code and} */
    boolean fits(StaticRoute route, String wanted) {
        return route.prefix().network().v6() == v6 && conditions(wanted).stream().allMatch(c -> switch (c) {
            case "static" -> true;
            case "active" -> isActive(route);
            default -> holds(route.prefix(), c) || c.equals("dst-address=" + route.prefix())
                    || c.equals("gateway=" + gateway(route)) || c.equals("distance=" + route.distance())
                    || c.equals(route.more().strip());
        });
    }

    private static List<String> conditions(String wanted) {
        return wanted.isBlank() ? List.of() : List.of(wanted.strip().split(" and "));
    }

    private static boolean holds(Prefix prefix, String condition) {
        return condition.matches("[\\da-f.:]+ in dst-address")
                && prefix.contains(Address.parse(condition.substring(0, condition.indexOf(' '))));
    }
}
