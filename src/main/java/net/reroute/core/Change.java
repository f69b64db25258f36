package net.reroute.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done on one router for one prefix.
 *
 * @param service whose prefix
 * @param before the route found; empty if there is none
 * @param after next hops to have; empty = the route goes
 * @param putBack the exact route to write again, where this takes a move back
 * @param how what else to know
 */
public record Change(Service service, Optional<Route> before, List<Address> after, Optional<Route> putBack,
        How how) {

    /**
     * @param planned off servers that work: there is time for care
     * @param kept lines that once stood there for a next hop and were taken away by reroute; to be written again as they were
     * @param reason one sentence
     */
    public record How(boolean planned, Map<Address, String> kept, String reason) {}

    /** The change that takes this one back, given what is there now. */
    public Change reversed(Optional<Route> now, String why) {
        return new Change(service, now, before.map(Route::hops).orElse(List.of()), before,
                new How(how.planned(), how.kept(), why));
    }

    /** The same with more lines known that once stood there. */
    public Change keeping(Map<Address, String> lines) {
        Map<Address, String> all = new HashMap<>(how.kept());
        all.putAll(lines);
        return new Change(service, before, after, putBack, new How(how.planned(), Map.copyOf(all), how.reason()));
    }
}
