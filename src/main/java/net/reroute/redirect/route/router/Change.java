package net.reroute.redirect.route.router;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Service;

/**
 * A change of one prefix on one router.
 *
 * @param service that the prefix belongs to
 * @param before the route found; empty if there is none
 * @param after next hops to have; empty: remove the route
 * @param putBack the exact route to restore, if this reverts a move
 * @param options of the change
 */
public record Change(Service service, Optional<Route> before, List<Address> after, Optional<Route> putBack,
        Options options) {

    /**
     * @param planned true if the old servers still work, so there is time for care
     * @param kept lines that reroute removed earlier, by next hop; they are restored unchanged
     * @param reason one sentence
     */
    public record Options(boolean planned, Map<Address, String> kept, String reason) {}
}
