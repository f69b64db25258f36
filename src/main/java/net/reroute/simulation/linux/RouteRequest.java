package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.reroute.core.Address;

/** A route as typed after {@code ip route add} and the like, before validation. */
final class RouteRequest {

    /** In the kernel's order, in which they are printed. */
    static final List<String> METRICS = List.of("mtu", "window", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit",
            "initcwnd", "initrwnd", "quickack");

    final TreeMap<String, String> metrics = new TreeMap<>(Comparator.comparing(METRICS::indexOf));
    final List<LinuxRoute.Hop> nexthops = new ArrayList<>();
    Optional<IpNet> net = Optional.empty();
    Optional<String> type = Optional.empty();
    Optional<Address> via = Optional.empty();
    Optional<String> dev = Optional.empty();
    Optional<Integer> proto = Optional.empty();
    Optional<String> scope = Optional.empty();
    Optional<Address> src = Optional.empty();
    OptionalLong metric = OptionalLong.empty();
    String pref = "medium";
    boolean onlink;
    long table = LinuxTable.MAIN;

    /** The next hops typed, by {@code via} and {@code dev} or by {@code nexthop}. */
    List<LinuxRoute.Hop> hops() {
        return !nexthops.isEmpty() || via.isEmpty() && dev.isEmpty()
                ? nexthops
                : List.of(new LinuxRoute.Hop(via, dev.orElse(""), 1, onlink));
    }

    IpNet to() {
        return net.orElse(IpNet.any(false));
    }

    /** True if a delete with these words means that route: all words typed must fit. */
    boolean fits(LinuxRoute route) {
        return (metric.isEmpty() || metric.getAsLong() == route.metric())
                && type.map(route.type()::equals).orElse(true)
                && proto.map(p -> p == route.proto()).orElse(true)
                && scope.map(route.scope()::equals).orElse(true)
                && src.map(s -> route.src().equals(Optional.of(s))).orElse(true)
                && hops().stream().allMatch(h -> route.hops().stream().anyMatch(r -> fits(h, r)));
    }

    private static boolean fits(LinuxRoute.Hop typed, LinuxRoute.Hop there) {
        return (typed.via().isEmpty() || typed.via().equals(there.via()))
                && (typed.dev().isEmpty() || typed.dev().equals(there.dev()));
    }
}
