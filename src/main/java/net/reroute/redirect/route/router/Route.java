package net.reroute.redirect.route.router;

import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * A static route as a router showed it.
 *
 * @param prefix destination
 * @param hops next hops, sorted; empty if it has none (blackhole, a device only)
 * @param exact everything the router needs to restore exactly this route
 * @param owner why reroute must not touch it, e.g. "owned by BGP"; empty if it may
 * @param marked whether it carries a mark that only reroute writes
 */
public record Route(Prefix prefix, List<Address> hops, String exact, Optional<String> owner, boolean marked) {

    /** A route on a device without such marks. */
    public Route(Prefix prefix, List<Address> hops, String exact, Optional<String> owner) {
        this(prefix, hops, exact, owner, false);
    }
}
