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
 * What a router shows after a change. A route is as wanted only if configuration and routing table agree: a next hop
 * that cannot be resolved is in the configuration and not in the table.
 *
 * @param configs the configuration, for IPv4 (false) and IPv6 (true)
 * @param lookups the table's way to each service's address
 */
record CliVerification(Map<Boolean, Config> configs, Map<Address, Map<Prefix, ShownRoute>> lookups) {

    /** The route. If its next hops in the configuration are not the wanted ones, it has those. */
    Optional<Route> route(Change change) {
        List<Address> written = written(change);
        List<Address> hops = written.equals(change.after()) ? used(change) : written;
        return hops.isEmpty()
                ? Optional.empty()
                : Optional.of(new Route(change.service().prefix(), hops, "", Optional.empty()));
    }

    /** True if the configuration has exactly the wanted next hops. */
    boolean isWritten(Change change) {
        return written(change).equals(change.after());
    }

    /** The next hop of the router's own lookup; of several matching routes the longest. */
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

    /** Next hops with the distance of the wanted ones. An unwanted lower distance would win over them. */
    private List<Address> written(Change change) {
        List<ConfiguredRoute> there = configs.get(change.service().prefix().network().v6())
                .of(change.service().prefix());
        int best = there.stream().mapToInt(ConfiguredRoute::distance).min().orElse(ConfiguredRoute.DEFAULT_DISTANCE);
        int group = there.stream().filter(r -> r.hop().map(change.after()::contains).orElse(false))
                .mapToInt(ConfiguredRoute::distance).min().orElse(best);
        return there.stream().filter(r -> r.distance() == group || r.distance() < group && wins(r, change))
                .flatMap(r -> r.hop().stream()).distinct().sorted().toList();
    }

    /** A configured line that is not in use, such as a tracked one whose object is down, does not win. */
    private boolean wins(ConfiguredRoute route, Change change) {
        return route.hop().map(used(change)::contains).orElse(true);
    }
}
