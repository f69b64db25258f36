package net.reroute.redirect.route.router;

import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * A static route as a router showed it.
 *
 * @param prefix destination
 * @param hops next hops, sorted; empty if it has none (a blackhole, or an interface only)
 * @param exact all that the router needs to restore exactly this route
 * @param owner a clause that says why reroute must not change it, such as "is owned by a program"; empty if it may
 * @param marked true if it has a mark that only reroute writes
 */
public record Route(Prefix prefix, List<Address> hops, String exact, Optional<String> owner, boolean marked) {

    /** A route on a device that has no such marks. */
    public Route(Prefix prefix, List<Address> hops, String exact, Optional<String> owner) {
        this(prefix, hops, exact, owner, false);
    }
}
