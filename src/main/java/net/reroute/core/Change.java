package net.reroute.core;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done on one router for one prefix.
 *
 * @param service whose prefix
 * @param before the route found; empty if there is none
 * @param after next hops to have; empty = the route goes
 * @param putBack the exact route to write again, where this takes a move back
 * @param reason one sentence
 */
public record Change(Service service, Optional<Route> before, List<Address> after, Optional<Route> putBack,
        String reason) {

    /** The change that takes this one back, given what is there now. */
    public Change reversed(Optional<Route> now, String why) {
        return new Change(service, now, before.map(Route::hops).orElse(List.of()), before, why);
    }
}
