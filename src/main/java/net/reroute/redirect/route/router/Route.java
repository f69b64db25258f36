package net.reroute.redirect.route.router;

import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * One static route as a router gave it.
 *
 * @param prefix where to
 * @param hops next hops, sorted; empty if it has none (blackhole, a device only)
 * @param exact all that the dialect needs to write the very same route again
 * @param owner why it may not be touched, e.g. "owned by BGP"; empty if it may
 * @param marked whether it carries a mark that nobody but reroute writes
 */
public record Route(Prefix prefix, List<Address> hops, String exact, Optional<String> owner, boolean marked) {

    /** Of a device on which a route cannot be marked so. */
    public Route(Prefix prefix, List<Address> hops, String exact, Optional<String> owner) {
        this(prefix, hops, exact, owner, false);
    }
}
