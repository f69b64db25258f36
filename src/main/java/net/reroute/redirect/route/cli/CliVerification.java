package net.reroute.redirect.route.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.cli.ConfigReader.Config;
import net.reroute.redirect.route.cli.TableReader.ShownRoute;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;

/**
 * What a router shows after a change. A route is as requested only if configuration and table agree: an unresolved next
 * hop is in the configuration but not in the table.
 *
 * @param configs the configuration, for IPv4 (false) and IPv6 (true)
 * @param lookups the routes that the router's own lookup shows, by service address
 */
record CliVerification(Map<Boolean, Config> configs, Map<Address, Map<Prefix, ShownRoute>> lookups) {

    /**
     * The route of a change. Shows the table's next hops if the configuration is as requested, else the
     * configuration's.
     */
    Optional<Route> route(Change change) {
        List<Address> written = written(change);
        List<Address> hops = written.equals(change.after()) ? used(change) : written;
        return hops.isEmpty()
                ? Optional.empty()
                : Optional.of(new Route(change.service().prefix(), hops, "", Optional.empty()));
    }

    /** True if the configuration has exactly the requested next hops. */
    boolean isWritten(Change change) {
        return written(change).equals(change.after());
    }

    /** The next hop that the router's own lookup names; if several routes match, that of the longest prefix. */
    Optional<Address> nextHop(Change change) {
        List<Address> named = lookups.get(change.service().address()).values().stream()
                .max(Comparator.comparingInt(s -> s.prefix().length())).map(ShownRoute::hops).orElse(List.of());
        return named.stream().filter(change.after()::contains).findFirst().or(() -> named.stream().findFirst());
    }

    /** Why configuration and table disagree; empty if they agree. */
    Optional<String> remark(Change change) {
        List<Address> written = written(change);
        List<Address> used = used(change);
        if (!written.equals(change.after()) || used.equals(written)) {
            return Optional.empty();
        }
        return Optional.of("the line stands in its configuration, but its table shows "
                + (used.isEmpty() ? "no such route" : used.toString())
                + ": the next hop is not resolved, or something tracks it");
    }

    private List<Address> used(Change change) {
        ShownRoute shown = lookups.get(change.service().address()).get(change.service().prefix());
        return shown == null ? List.of() : shown.hops().stream().sorted().toList();
    }

    /**
     * The configured next hops at the distance of the requested ones, and those that win over them by a lower distance.
     */
    private List<Address> written(Change change) {
        List<ConfiguredRoute> there = configs.get(change.service().prefix().network().v6())
                .of(change.service().prefix());
        int best = there.stream().mapToInt(ConfiguredRoute::distance).min().orElse(ConfiguredRoute.DEFAULT_DISTANCE);
        int group = there.stream().filter(r -> r.hop().map(change.after()::contains).orElse(false))
                .mapToInt(ConfiguredRoute::distance).min().orElse(best);
        return there.stream().filter(r -> r.distance() == group || r.distance() < group && wins(r, change))
                .flatMap(r -> r.hop().stream()).distinct().sorted().toList();
    }

    /** False for a line that the table does not use, such as one whose tracked object is down. */
    private boolean wins(ConfiguredRoute route, Change change) {
        return route.hop().map(used(change)::contains).orElse(true);
    }
}
