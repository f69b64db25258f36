package net.reroute.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a router's table held for a service when it was last read.
 *
 * @param at when
 * @param hops next hops; empty if there was no route, or none with a next hop
 * @param remark why the route may not be touched, or what is odd about it; empty if nothing is
 */
public record Reading(Instant at, List<Address> hops, String remark) {

    /** @param route as the router gave it; empty if it has none */
    public static Reading of(Optional<Route> route, Instant at) {
        return new Reading(at, route.map(Route::hops).orElse(List.of()),
                route.flatMap(r -> r.owner().or(() -> withoutHop(r))).orElse(""));
    }

    private static Optional<String> withoutHop(Route route) {
        return route.hops().isEmpty() ? Optional.of("has a route without a next hop") : Optional.empty();
    }
}
