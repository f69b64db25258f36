package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.simulation.linux.LinuxNetwork.Found;
import net.reroute.simulation.linux.LinuxRoute.Hop;

/** The kernel's checks of a new route: next hops must be reachable over a link, and source addresses its own. */
final class RouteValidation {

    private static final Set<String> WITHOUT_HOP = Set.of("blackhole", "unreachable", "prohibit", "throw");
    private static final long METRIC6 = 1024;

    private final LinuxNetwork network;

    RouteValidation(LinuxNetwork network) {
        this.network = network;
    }

    LinuxRoute admit(RouteRequest request) throws IpFailure {
        boolean v6 = request.to().address().v6();
        String type = request.type.orElse("unicast");
        List<Hop> hops = hops(request, type, v6);
        refuseForeignSource(request, v6);
        long metric = request.metric.orElse(0);
        return new LinuxRoute(request.to().prefix(), type, hops, request.proto.orElse(LinuxRoute.BOOT),
                request.scope.orElse(v6 ? "global" : scope(type, hops)), v6 && metric == 0 ? METRIC6 : metric,
                request.src, new LinkedHashMap<>(request.metrics), request.pref);
    }

    private static String scope(String type, List<Hop> hops) {
        if (type.equals("local")) {
            return "host";
        }
        boolean direct = !hops.isEmpty() && hops.stream().allMatch(h -> h.via().isEmpty());
        return direct ? "link" : "global";
    }

    private List<Hop> hops(RouteRequest request, String type, boolean v6) throws IpFailure {
        if (WITHOUT_HOP.contains(type)) {
            if (!v6 && !request.hops().isEmpty()) {
                throw IpFailure.error("Gateway, device and multipath can not be specified for this route type.");
            }
            return v6 ? List.of(new Hop(Optional.empty(), "lo", 1, false)) : List.of();
        }
        if (request.via.isPresent() && !request.nexthops.isEmpty()) {
            throw IpFailure.error("Nexthop gateway does not match RTA_GATEWAY or RTA_VIA.");
        }
        List<Hop> hops = new ArrayList<>();
        for (Hop hop : request.hops()) {
            hops.add(new Hop(gateway(hop), dev(hop, v6), hop.weight(), hop.onlink()));
        }
        if (hops.isEmpty()) {
            throw IpFailure.answer("No such device");
        }
        return List.copyOf(hops);
    }

    /** The gateway; the address of all zeroes means none. */
    private static Optional<Address> gateway(Hop hop) {
        return hop.via().filter(a -> a.bits().signum() != 0);
    }

    private String dev(Hop hop, boolean v6) throws IpFailure {
        Optional<Address> via = gateway(hop);
        if (via.isEmpty() || hop.onlink()) {
            if (hop.dev().isEmpty()) {
                throw IpFailure.answer("No such device");
            }
            return hop.dev();
        }
        return v6 ? dev6(via.get(), hop.dev()) : dev4(via.get(), hop.dev());
    }

    private String dev4(Address via, String dev) throws IpFailure {
        return neighbour(via, dev).filter(r -> r.unicast() || r.type().equals("local"))
                .map(r -> r.hops().getFirst().dev())
                .orElseThrow(() -> IpFailure.error("Nexthop has invalid gateway."));
    }

    /** The link for an IPv6 gateway. Unlike IPv4, IPv6 refuses an address of the machine itself. */
    private String dev6(Address via, String dev) throws IpFailure {
        String text = via.toString();
        if (text.startsWith("ff")) {
            throw IpFailure.error("Invalid gateway address.");
        }
        if (text.startsWith("fe80:")) {
            if (dev.isEmpty()) {
                throw IpFailure.error("Egress device not specified.");
            }
            return dev;
        }
        Optional<LinuxRoute> route = neighbour(via, dev);
        if (route.isPresent() && route.get().type().equals("local")) {
            throw IpFailure.error(text.equals("::1")
                    ? "Egress device can not be loopback device for this route."
                    : "Gateway can not be a local address.");
        }
        return route.filter(LinuxRoute::unicast).map(r -> r.hops().getFirst().dev())
                .orElseThrow(() -> IpFailure.answer("No route to host"));
    }

    /** The route to a next hop, if that route has no gateway itself; else empty. */
    private Optional<LinuxRoute> neighbour(Address via, String dev) {
        return network.lookup(via, r -> dev.isEmpty() || r.hops().stream().anyMatch(h -> h.dev().equals(dev)))
                .map(Found::route).filter(r -> !r.hasGateway() && !r.hops().isEmpty());
    }

    private void refuseForeignSource(RouteRequest request, boolean v6) throws IpFailure {
        if (request.src.isEmpty()) {
            return;
        }
        Optional<Found> found = network.lookup(request.src.get(), r -> true);
        if (found.isEmpty() || !found.get().route().type().equals("local")) {
            throw IpFailure.error(v6 ? "Invalid source address." : "Invalid prefsrc address.");
        }
    }
}
