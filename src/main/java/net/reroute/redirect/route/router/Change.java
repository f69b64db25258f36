package net.reroute.redirect.route.router;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Service;

/**
 * What is to be done on one router for one prefix.
 *
 * @param service whose prefix
 * @param before the route found; empty if there is none
 * @param after next hops to have; empty = the route goes
 * @param putBack the exact route to write again, where this takes a move back
 * @param options what else to know
 */
public record Change(Service service, Optional<Route> before, List<Address> after, Optional<Route> putBack,
        Options options) {

    /**
     * @param planned off servers that work: there is time for care
     * @param kept lines that once stood there for a next hop and were taken away by reroute; to be written again as they were
     * @param reason one sentence
     */
    public record Options(boolean planned, Map<Address, String> kept, String reason) {}
}
