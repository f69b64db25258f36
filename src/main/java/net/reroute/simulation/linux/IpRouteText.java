package net.reroute.simulation.linux;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.linux.LinuxRoute.Hop;

/** Prints a route as iproute2 does. */
final class IpRouteText {

    private final IpOptions options;
    private final Set<String> hidden;
    private final LinuxRoute route;
    private final IpFields fields = new IpFields();

    /** @param hidden fields not to print */
    IpRouteText(IpOptions options, Set<String> hidden, LinuxRoute route) {
        this.options = options;
        this.hidden = hidden;
        this.route = route;
    }

    /**
     * Prints the route as in a table.
     *
     * @param table number of a table to print too; 0: none
     */
    IpFields show(long table) {
        type();
        fields.add("dst", name(route.prefix()), "%s ");
        oneHop();
        table(table);
        origin();
        route.src().filter(s -> !hidden.contains("prefsrc"))
                .ifPresent(s -> fields.add("prefsrc", s.toString(), "src %s "));
        end();
        if (route.hops().size() > 1) {
            route.hops().forEach(h -> fields.part("nexthops", nexthop(h)));
        }
        return fields;
    }

    /**
     * Prints the route as the answer to {@code ip route get}.
     *
     * @param table that has the route
     * @param src source address of the router's packets
     */
    IpFields get(Address to, long table, Address src) {
        type();
        fields.add("dst", to.toString(), "%s ");
        if (route.v6()) {
            fields.add("from", "::", "from %s ");
        }
        oneHop();
        table(options.details() || route.v6() && table != LinuxTable.MAIN ? table : 0);
        if (route.v6()) {
            origin();
        }
        fields.add("prefsrc", src.toString(), "src %s ");
        if (route.v6()) {
            end();
        } else {
            cache();
        }
        return fields;
    }

    private void cache() {
        List<String> flags = switch (route.type()) {
            case "local" -> List.of("local");
            case "broadcast" -> List.of("local", "brd");
            default -> List.of();
        };
        fields.list("flags", List.of()).add("uid", 0, "uid %s \n    cache ").list("cache", flags);
        fields.text(flags.isEmpty() ? "" : "<" + String.join(",", flags) + "> ");
        metrics();
    }

    static String name(Prefix prefix) {
        Address network = prefix.network();
        if (prefix.length() == 0) {
            return "default";
        }
        return prefix.length() == network.width() ? network.toString() : prefix.toString();
    }

    private void type() {
        if (options.details() || !route.unicast()) {
            fields.add("type", route.type(), "%s ");
        }
    }

    private void oneHop() {
        if (route.hops().size() == 1) {
            hop(fields, route.hops().getFirst());
        }
    }

    private void hop(IpFields into, Hop hop) {
        if (hop.via().isPresent() && !hidden.contains("gateway")) {
            String via = hop.via().get().toString();
            if (hop.via().get().v6() == route.v6()) {
                into.add("gateway", via, "via %s ");
            } else {
                into.inner("via", new IpFields().add("family", "inet6", "via %s ").add("host", via, "%s "));
            }
        }
        if (!hidden.contains("dev")) {
            into.add("dev", hop.dev(), "dev %s ");
        }
    }

    private void table(long table) {
        if (table != 0) {
            fields.add("table", IpArguments.tableName(table), "table %s ");
        }
    }

    private void origin() {
        if ((options.details() || route.proto() != LinuxRoute.BOOT) && !hidden.contains("protocol")) {
            fields.add("protocol", IpArguments.protoName(route.proto()), "proto %s ");
        }
        if ((options.details() || !route.scope().equals("global")) && !hidden.contains("scope")) {
            fields.add("scope", route.scope(), "scope %s ");
        }
    }

    private void end() {
        if ((route.v6() || route.metric() != 0) && !hidden.contains("metric")) {
            fields.add("metric", route.metric(), "metric %s ");
        }
        boolean onlink = route.hops().size() == 1 && route.hops().getFirst().onlink();
        fields.list("flags", onlink ? List.of("onlink") : List.of()).text(onlink ? "onlink " : "");
        metrics();
        if (route.v6()) {
            fields.add("pref", route.pref(), "pref %s");
        }
    }

    private void metrics() {
        if (route.metrics().isEmpty()) {
            return;
        }
        IpFields all = new IpFields();
        for (Map.Entry<String, String> metric : route.metrics().entrySet()) {
            String number = metric.getValue().replace("lock ", "");
            all.add(metric.getKey(), Long.parseLong(number), metric.getKey() + " "
                    + metric.getValue().replace(number, "%s "));
        }
        fields.part("metrics", all);
    }

    private IpFields nexthop(Hop hop) {
        IpFields part = new IpFields().text("\n\tnexthop ");
        hop(part, hop);
        part.add("weight", hop.weight(), "weight %s ");
        return part.list("flags", hop.onlink() ? List.of("onlink") : List.of()).text(hop.onlink() ? "onlink " : "");
    }
}
