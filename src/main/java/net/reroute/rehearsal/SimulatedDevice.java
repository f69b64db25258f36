package net.reroute.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.simulation.Link;
import net.reroute.simulation.SimulatedRouter;
import net.reroute.simulation.cli.Setup;
import net.reroute.simulation.cli.SimulatedCli;
import net.reroute.simulation.linux.SimulatedLinux;

/**
 * The simulated counterpart of one router of an inventory.
 *
 * @param spec the router in the inventory
 * @param router the simulated router
 * @param login how to reach it
 */
record SimulatedDevice(RouterSpec spec, SimulatedRouter router, PracticeLogin login) implements AutoCloseable {

    /** Receives the lines that a router takes. */
    interface Typed {
        void line(String router, String line);
    }

    /** The admin's own routes have a distance so much above the one that is reserved for reroute. */
    private static final int ABOVE = 5;
    private static final long MAIN_TABLE = 254;
    private static final Prefix LINK_LOCAL = Prefix.parse("fe80::/64");

    /** @param sites that some routers speak for */
    static SimulatedDevice of(Inventory inventory, String name, PracticeSites sites, Typed typed) throws IOException {
        RouterSpec spec = inventory.routers().get(name);
        String password = PracticeLogin.secret();
        String enable = spec.cli().flatMap(c -> c.enable()).isPresent() ? PracticeLogin.secret() : "";
        Consumer<String> told = line -> typed.line(name, line);
        SimulatedRouter router = spec.cli().isEmpty()
                ? linux(inventory, spec, password, sites, told)
                : start(inventory, spec, setup(spec, password, enable), told);
        return new SimulatedDevice(spec, router, new PracticeLogin(name, spec.login().user(), router.port(),
                router.hostKeyLine(), password, enable));
    }

    private static Setup setup(RouterSpec spec, String password, String enable) {
        return new Setup(spec.name(), spec.login().user(), password, enable, enable.isEmpty(), true,
                "*** This is a rehearsal: " + spec.name() + " is simulated ***");
    }

    private static SimulatedRouter start(Inventory inventory, RouterSpec spec, Setup setup, Consumer<String> told)
            throws IOException {
        if (!SimulatedCli.dialects().contains(spec.dialect())) {
            throw new IOException(spec.name() + " cannot be rehearsed: nothing stands in for dialect " + spec.dialect()
                    + ", only for linux, " + String.join(", ", SimulatedCli.dialects()));
        }
        SimulatedCli router = SimulatedCli.start(spec.dialect(), setup,
                links(inventory, spec, SimulatedCli.links(spec.dialect())), told);
        int distance = spec.cli().flatMap(c -> c.distance()).map(d -> d + ABOVE).orElse(1);
        carried(inventory, spec).forEach(s -> router.route(spec.table().orElse(""), s.prefix(),
                homeHops(inventory, s), distance));
        return router;
    }

    private static SimulatedRouter linux(Inventory inventory, RouterSpec spec, String password, PracticeSites sites,
            Consumer<String> told) throws IOException {
        SimulatedLinux linux = SimulatedLinux.start(spec.name(), spec.login().user(), password,
                links(inventory, spec, "eth"));
        // The name of a table would need an entry in rt_tables; in a rehearsal any table will do.
        long table = spec.table().filter(t -> t.matches("\\d{1,9}")).map(Long::parseLong).orElse(MAIN_TABLE);
        carried(inventory, spec).forEach(s -> linux.route(s.prefix(), homeHops(inventory, s), table));
        sites.equip(spec.name(), linux);
        linux.onTyped(told);
        return linux;
    }

    private static List<Service> carried(Inventory inventory, RouterSpec spec) {
        return inventory.services().values().stream().filter(s -> s.routers().contains(spec.name())).toList();
    }

    /** The next hops of the home, where an admin would have routed the service. */
    private static List<Address> homeHops(Inventory inventory, Service service) {
        return inventory.nextHops(service.servers().subList(0, Math.min(service.rules().share(),
                service.servers().size())));
    }

    /** One interface for each subnet of next hops, of a usual size: /24 or /64. */
    private static List<Link> links(Inventory inventory, RouterSpec spec, String name) {
        Map<Prefix, List<Address>> subnets = new LinkedHashMap<>();
        Map<String, List<Address>> zones = new LinkedHashMap<>();
        inventory.servers().values().stream().map(Server::nextHop).forEach(hop -> (hop.zone().isEmpty()
                ? subnets.computeIfAbsent(subnet(hop), p -> new ArrayList<>())
                : zones.computeIfAbsent(hop.zone(), z -> new ArrayList<>())).add(hop.bare()));
        List<Link> links = new ArrayList<>();
        subnets.forEach(
                (subnet, hops) -> links.add(new Link(name + links.size(), own(spec, subnet, hops),
                        subnet)));
        // A link-local next hop names the interface; only Linux routers accept one, and need that interface.
        zones.entrySet().removeIf(z -> spec.cli().isPresent());
        zones.forEach((zone, hops) -> links.add(new Link(zone, own(spec, LINK_LOCAL, hops), LINK_LOCAL)));
        return links;
    }

    private static Prefix subnet(Address hop) {
        return Prefix.around(hop, hop.v6() ? 64 : 24);
    }

    /** The router's own address, if the inventory has it in this subnet; else the first address that is no next hop. */
    private static Address own(RouterSpec spec, Prefix subnet, List<Address> taken) {
        String host = spec.login().host();
        if (host.matches("[\\d.]+|.*:.*") && subnet.contains(Address.parse(host))) {
            return Address.parse(host);
        }
        Address candidate = subnet.firstUsable();
        while (taken.contains(candidate)) {
            candidate = new Address(candidate.v6(), candidate.bits().add(java.math.BigInteger.ONE));
        }
        return candidate;
    }

    /** The router as the rehearsal's controller reaches it: on loopback, with the simulated passwords. */
    RouterSpec practised(Path folder) {
        return spec.at(login.practised(folder, false), login.practisedEnable(folder));
    }

    Optional<Address> nextHop(Address destination) {
        return router.nextHop(destination);
    }

    @Override
    public void close() throws IOException {
        router.close();
    }
}
