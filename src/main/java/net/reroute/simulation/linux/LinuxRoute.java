package net.reroute.simulation.linux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * One entry of a routing table.
 *
 * @param prefix destination
 * @param type unicast, local, broadcast, multicast, anycast, blackhole, unreachable, prohibit or throw
 * @param hops next hops; several share the traffic
 * @param proto origin, as the kernel's number
 * @param scope global, link or host
 * @param metric the lowest one forwards
 * @param src source address of the router's own packets
 * @param metrics mtu and the like, in the kernel's order
 * @param pref router preference; IPv6 only
 */
record LinuxRoute(Prefix prefix, String type, List<Hop> hops, int proto, String scope, long metric,
        Optional<Address> src, Map<String, String> metrics, String pref) {

    /**
     * @param via next hop; empty: on the link itself
     * @param dev name of the link; empty only before validation
     * @param weight share of the traffic among several next hops
     * @param onlink true if reachable without a route to it
     */
    record Hop(Optional<Address> via, String dev, int weight, boolean onlink) {}

    static final int KERNEL = 2;
    static final int BOOT = 3;

    boolean v6() {
        return prefix.network().v6();
    }

    boolean unicast() {
        return type.equals("unicast");
    }

    boolean hasGateway() {
        return hops.stream().anyMatch(h -> h.via().isPresent());
    }

    LinuxRoute withHops(List<Hop> others) {
        return new LinuxRoute(prefix, type, List.copyOf(others), proto, scope, metric, src, metrics, pref);
    }

    /** A route that the kernel makes itself. */
    static LinuxRoute ofKernel(Prefix prefix, String type, String dev, Optional<Address> src) {
        boolean v6 = prefix.network().v6();
        String scope4 = type.equals("local") ? "host" : "link";
        long metric = !v6 || type.equals("local") || type.equals("anycast") ? 0 : 256;
        return new LinuxRoute(prefix, type, List.of(new Hop(Optional.empty(), dev, 1, false)), KERNEL,
                v6 ? "global" : scope4, metric,
                v6 ? Optional.empty() : src, Map.of(), "medium");
    }
}
