package net.reroute.redirect.route.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;

/** Reads and writes the route lines of one router, by the templates of its dialect. */
final class RouteLines {

    private final RouterSpec spec;
    /** Interfaces that the session showed. Filled later by {@link ShowCommands}. */
    private final Set<String> interfaces;

    RouteLines(RouterSpec spec, Set<String> interfaces) {
        this.spec = spec;
        this.interfaces = interfaces;
    }

    /** The routes of a prefix in these lines of the configuration. */
    List<ConfiguredRoute> read(Prefix prefix, List<String> lines) {
        return reader(prefix.network().v6()).read(lines).of(prefix);
    }

    /** A reader for the configuration. It has the interfaces known by now. */
    ConfigReader reader(boolean v6) {
        return new ConfigReader(family(v6), spec.cli().orElseThrow().dialect().writing().words(), spec.table(),
                Set.copyOf(interfaces));
    }

    /**
     * The line that adds a route.
     *
     * @param tag empty: no tag
     */
    String made(Prefix prefix, Address hop, int distance, String tag) {
        Map<String, String> values = values(prefix, hop);
        if (distance != ConfiguredRoute.DEFAULT_DISTANCE) {
            values.put("distance", Integer.toString(distance));
        }
        if (!tag.isEmpty()) {
            values.put("tag", tag);
        }
        return family(prefix.network().v6()).add().fill(values);
    }

    /**
     * The line that removes a route.
     *
     * @param beside other lines of the prefix; if one has the same next hop at another distance, the line names the
     *     distance even if it is the default
     */
    String removing(Prefix prefix, ConfiguredRoute route, List<ConfiguredRoute> beside) {
        Map<String, String> values = values(prefix, route.hop().orElseThrow());
        values.putAll(identity(route));
        if (beside.stream().anyMatch(b -> b.hop().equals(route.hop()) && b.distance() != route.distance())) {
            values.put("distance", Integer.toString(route.distance()));
        }
        return family(prefix.network().v6()).remove().fill(values);
    }

    /** True if the line that removes one route might remove the other too. */
    boolean reaches(ConfiguredRoute removed, ConfiguredRoute other) {
        Set<String> named = family(removed.hop().orElseThrow().v6()).remove().names();
        Map<String, String> ours = identity(removed);
        Map<String, String> theirs = identity(other);
        boolean apart = named.contains("distance") && removed.distance() != other.distance();
        return !apart && removed.hop().equals(other.hop()) && ours.entrySet().stream()
                .allMatch(e -> !named.contains(e.getKey()) || e.getValue().equals(theirs.get(e.getKey())));
    }

    /** The values besides the next hop that a removing line may name. */
    private static Map<String, String> identity(ConfiguredRoute route) {
        Map<String, String> values = new HashMap<>();
        if (!route.interfaceName().isEmpty()) {
            values.put("interface", route.interfaceName());
        }
        if (!route.way().isEmpty()) {
            values.put("way", route.way());
        }
        if (route.distance() != ConfiguredRoute.DEFAULT_DISTANCE) {
            values.put("distance", Integer.toString(route.distance()));
        }
        if (!route.tag().isEmpty()) {
            values.put("tag", route.tag());
        }
        return values;
    }

    private Map<String, String> values(Prefix prefix, Address hop) {
        Map<String, String> values = new HashMap<>();
        values.put("prefix", prefix.toString());
        values.put("network", prefix.network().toString());
        if (!prefix.network().v6()) {
            values.put("mask", prefix.mask().toString());
        }
        values.put("hop", hop.toString());
        spec.table().ifPresent(vrf -> values.put("vrf", vrf));
        return values;
    }

    private Family family(boolean v6) {
        return Optional.of(spec.cli().orElseThrow().dialect()).flatMap(d -> d.family(v6)).orElseThrow();
    }
}
