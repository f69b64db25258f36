package net.reroute.simulation.linux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.simulation.linux.LinuxNetwork.Found;
import net.reroute.simulation.linux.LinuxRoute.Hop;

/** {@code ip route get}: the route that the router's own packets take. */
final class IpRouteGet {

    private static final Map<String, String> REFUSALS = Map.of("blackhole", "Invalid argument", "unreachable",
            "No route to host", "prohibit", "Permission denied");

    private final LinuxNetwork network;
    private final IpOptions options;

    IpRouteGet(LinuxNetwork network, IpOptions options) {
        this.network = network;
        this.options = options;
    }

    IpFields find(IpArguments words) throws IpFailure {
        boolean match = words.take("fibmatch");
        if (!words.hasNext()) {
            throw IpFailure.mild("need at least a destination address");
        }
        IpNet net = words.net(options.v6());
        if (words.hasNext()) {
            throw IpFailure.expected((net.address().v6() ? "inet6" : "inet") + " prefix", words.next());
        }
        Found found = usable(network, net.address());
        LinuxRoute route = found.route();
        if (match) {
            return matched(found);
        }
        // The kernel chooses one of several next hops by a hash of the addresses; here it is always the first.
        Hop hop = route.hops().getFirst();
        boolean local = route.type().equals("local");
        Hop taken = new Hop(hop.via(), local ? "lo" : hop.dev(), 1, false);
        Address src = route.src().orElseGet(() -> local ? net.address() : source(network, taken, net.address()));
        return new IpRouteText(options, Set.of(), route.withHops(List.of(taken))).get(net.address(), found.table(),
                src);
    }

    /** The route as the table has it. Without further rules IPv4's local table is part of main. */
    private IpFields matched(Found found) {
        long table = found.route().v6() ? found.table() : LinuxTable.MAIN;
        boolean shown = options.details() || table != LinuxTable.MAIN;
        return new IpRouteText(options, Set.of(), found.route()).show(shown ? table : 0);
    }

    /**
     * The route that forwards to an address.
     *
     * @throws IpFailure with the kernel's error if there is none
     */
    static Found usable(LinuxNetwork network, Address to) throws IpFailure {
        Optional<Found> found = network.lookup(to, r -> !r.type().equals("throw"));
        String type = found.map(f -> f.route().type()).orElse("");
        if (found.isEmpty() || REFUSALS.containsKey(type)) {
            throw IpFailure.answer(REFUSALS.getOrDefault(type, "Network is unreachable"));
        }
        return found.get();
    }

    /** The source address: an address of the outgoing link, preferably in the network of the next hop. */
    static Address source(LinuxNetwork network, Hop hop, Address to) {
        Address next = hop.via().orElse(to);
        List<IpNet> own = network.link(hop.dev()).orElseThrow().nets().stream()
                .filter(n -> n.address().v6() == to.v6()).toList();
        return own.stream().filter(n -> n.prefix().contains(next)).findFirst()
                .or(() -> own.stream().findFirst())
                .or(() -> network.links().stream().skip(1).flatMap(l -> l.nets().stream())
                        .filter(n -> n.address().v6() == to.v6()).findFirst())
                .map(IpNet::address).orElse(IpNet.any(to.v6()).address());
    }
}
