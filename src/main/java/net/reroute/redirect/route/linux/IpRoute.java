package net.reroute.redirect.route.linux;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;

/** Reads routes from {@code ip -j -d route}, and writes lines for {@code ip route} (iproute2 6.1). */
final class IpRoute {

    /** The protocol number of our routes. FRR takes 186 to 196 for its own; 201 is unused. */
    static final String OURS = "201";

    private static final Set<String> WRITABLE = Set.of("boot", "static", "3", "4", OURS);
    private static final Set<String> FIELDS = Set.of("type", "dst", "gateway", "dev", "protocol", "scope", "prefsrc",
            "metric", "flags", "metrics", "nexthops", "pref", "table", "nhid", "nh_info");
    /** TCP metrics and the like, which a change keeps. {@code lock} may precede a value. */
    static final Set<String> METRICS = Set.of("mtu", "advmss", "window", "initcwnd", "initrwnd", "hoplimit",
            "quickack", "reordering", "ssthresh", "cwnd");
    private static final Set<String> HOP_FIELDS = Set.of("gateway", "dev", "weight", "flags");
    /** Words that belong to a next hop, so the new next hop does not inherit them. */
    private static final Set<String> OF_THE_HOP = Set.of("via", "dev", "weight", "proto", "pref");

    private IpRoute() {}

    /** Empty if the field is not a prefix: {@code ip} uses the same name for a field of some encapsulations. */
    static Optional<Prefix> prefix(JsonNode json, boolean v6) {
        String dst = json.path("dst").asText();
        String all = v6 ? "::/0" : "0.0.0.0/0";
        return Prefix.tryParse(dst.equals("default") ? all : dst);
    }

    /**
     * The metric, 0 if there is none. IPv6 routes always have one; IPv4 routes without one have the highest preference.
     */
    static long metric(JsonNode json) {
        return json.path("metric").asLong(0);
    }

    static Route route(Prefix prefix, JsonNode json) {
        return new Route(prefix, hops(json), exact(json), owner(json),
                json.path("protocol").asText().equals(OURS));
    }

    private static List<Address> hops(JsonNode json) {
        List<Address> hops = new ArrayList<>();
        gateway(json).ifPresent(hops::add);
        json.path("nexthops").forEach(hop -> gateway(hop).ifPresent(hops::add));
        return hops.stream().sorted().toList();
    }

    static Optional<Address> gateway(JsonNode json) {
        String text = json.path("gateway").asText(json.path("via").path("host").asText(""));
        return Address.tryParse(text).map(a -> a.on(json.path("dev").asText("")));
    }

    private static Optional<String> owner(JsonNode json) {
        Optional<String> owner = owner(json.path("protocol").asText("boot"),
                Optional.ofNullable(json.get("nhid")).map(JsonNode::asText)
                        .filter(n -> prefix(json, json.path("dst").asText().indexOf(':') >= 0)
                                .filter(p -> NexthopGroup.isOurs(p, n)).isEmpty()));
        if (owner.isPresent()) {
            return owner;
        }
        List<String> strange = new ArrayList<>();
        json.fieldNames().forEachRemaining(f -> addIf(!FIELDS.contains(f), f, strange));
        json.path("metrics")
                .forEach(m -> m.fieldNames().forEachRemaining(f -> addIf(!METRICS.contains(f), f, strange)));
        json.path("nexthops").forEach(
                h -> h.fieldNames().forEachRemaining(f -> addIf(!HOP_FIELDS.contains(f), "nexthop " + f, strange)));
        json.path("nexthops").forEach(h -> addIf(gateway(h).isEmpty(), "nexthop without via", strange));
        return strange.isEmpty() ? Optional.empty() : Optional.of(strange(strange));
    }

    static String strange(List<String> what) {
        return "has attributes that could not be put back exactly (" + String.join(", ", what) + ")";
    }

    /**
     * Why reroute must not change a route that was made by neither an admin nor reroute; empty if it may.
     *
     * @param proto protocol of the route; empty if it is not shown
     * @param nexthop number of the nexthop object that the route uses, if that is not of reroute's making
     */
    static Optional<String> owner(String proto, Optional<String> nexthop) {
        if (nexthop.isPresent()) {
            return Optional.of("is owned by FRR or another routing daemon (nexthop object " + nexthop.get()
                    + "); use dialect frr, or make it a plain static route");
        }
        if (proto.equals("kernel")) {
            return Optional.of("is a network the router is connected to itself");
        }
        if (!proto.isEmpty() && !WRITABLE.contains(proto)) {
            return Optional.of("is owned by a program (proto " + proto + "), which would write it back;"
                    + " where that is FRR, use dialect frr");
        }
        return Optional.empty();
    }

    private static void addIf(boolean condition, String text, List<String> list) {
        if (condition) {
            list.add(text);
        }
    }

    /** The arguments for {@code ip route} that make exactly this route. */
    private static String exact(JsonNode json) {
        StringJoiner words = new StringJoiner(" ");
        String type = json.path("type").asText("unicast");
        words.add((type.equals("unicast") ? "" : type + " ") + json.path("dst").asText());
        hop(json, words);
        words.add("proto " + json.path("protocol").asText("boot"));
        String scope = json.path("scope").asText("global");
        words.add(scope.equals("global") ? "" : "scope " + scope);
        add(json, "metric", "metric", words);
        add(json, "prefsrc", "src", words);
        json.path("metrics").forEach(
                m -> m.properties().forEach(e -> words.add(e.getKey() + " " + e.getValue().asText())));
        String pref = json.path("pref").asText("medium");
        words.add(pref.equals("medium") ? "" : "pref " + pref);
        json.path("nexthops").forEach(hop -> {
            words.add("nexthop");
            hop(hop, words);
            add(hop, "weight", "weight", words);
        });
        return words.toString().replaceAll(" +", " ").strip();
    }

    private static void hop(JsonNode json, StringJoiner words) {
        add(json, "gateway", "via", words);
        add(json, "dev", "dev", words);
        json.path("flags").forEach(f -> words.add(f.asText().equals("onlink") ? "onlink" : ""));
    }

    private static void add(JsonNode json, String field, String word, StringJoiner words) {
        if (json.has(field)) {
            words.add(word + " " + json.get(field).asText());
        }
    }

    /**
     * The line that makes a change, without the word {@code ip}: replace at the metric of the route found, never delete
     * and add.
     */
    static String line(Change change, Optional<String> table) {
        String in = table.map(t -> " table " + t).orElse("");
        if (change.putBack().isPresent()) {
            return "route replace " + change.putBack().get().exact() + in;
        }
        if (change.after().isEmpty()) {
            // without its next hops: those of a group are not its own words
            return "route del " + change.before().map(r -> r.exact().split(" nexthop ")[0])
                    .orElse(change.service().prefix() + " proto " + OURS) + in;
        }
        return "route replace " + change.service().prefix() + kept(change.before()) + " proto " + OURS + in
                + hops(change);
    }

    /** The same by a group of next hops. */
    static String grouped(Change change, Optional<String> table, long group) {
        return "route replace " + change.service().prefix() + kept(change.before()) + " proto " + OURS
                + table.map(t -> " table " + t).orElse("") + " nhid " + group;
    }

    private static String hops(Change change) {
        String dev = onlinkDevice(change.before());
        if (change.after().size() == 1) {
            return via(change.after().getFirst(), dev);
        }
        StringBuilder hops = new StringBuilder();
        change.after().forEach(hop -> hops.append(" nexthop").append(via(hop, dev)));
        return hops.toString();
    }

    /** A link-local next hop includes its device. */
    private static String via(Address hop, String onlinkDevice) {
        return " via " + hop.bare() + (hop.zone().isEmpty() ? onlinkDevice : " dev " + hop.zone());
    }

    /** The words to keep: source address, metric, mtu and the like. */
    private static String kept(Optional<Route> before) {
        StringBuilder kept = new StringBuilder();
        String[] words = before.map(Route::exact).orElse("").split(" nexthop ")[0].split(" ");
        for (int i = 1; i < words.length; i++) {
            if (words[i].equals("onlink")) {
                continue;
            }
            String value = METRICS.contains(words[i]) && words[i + 1].equals("lock")
                    ? "lock " + words[i + 2]
                    : words[i + 1];
            if (!OF_THE_HOP.contains(words[i])) {
                kept.append(' ').append(words[i]).append(' ').append(value);
            }
            i += value.startsWith("lock ") ? 2 : 1;
        }
        return kept.toString();
    }

    /**
     * The device for onlink next hops: these have no route of their own, so the line must name it. All next hops share
     * it.
     */
    private static String onlinkDevice(Optional<Route> before) {
        String exact = before.map(Route::exact).orElse("") + " ";
        if (!exact.contains(" onlink ")) {
            return "";
        }
        String device = exact.replaceFirst(".*? dev (\\S+) .*", "$1");
        return " dev " + device + " onlink";
    }
}
