package net.reroute.inventory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Inventory;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Mistakes that show only when everything has been read. Entries with mistakes are missing, so names may lead to
 * nothing.
 */
final class CrossChecks {

    private final ProblemList problems;
    private final Sections sections;

    CrossChecks(ProblemList problems, Sections sections) {
        this.problems = problems;
        this.sections = sections;
    }

    void check(Inventory inventory) {
        overlaps(inventory);
        duplicateAddresses(inventory);
        inventory.routers().values().forEach(router -> ownAddress(router, inventory));
        new ReachChecks(problems, sections, inventory).check();
        inventory.services().values().stream().filter(s -> !s.livesOnLan() && s.announced().isEmpty())
                .forEach(s -> families(s, inventory));
        inventory.services().values().stream().filter(s -> s.takeover().isPresent())
                .forEach(s -> takeover(s, inventory));
        borrowed(inventory);
        inventory.services().values().forEach(service -> dialects(service, inventory));
        inventory.services().values().stream().filter(s -> s.balanced().isPresent())
                .forEach(s -> taken(s, inventory));
        inventory.services().values().stream().filter(s -> s.balanced().filter(Balanced::direct).isPresent())
                .forEach(s -> marks(s, inventory));
        new FlowChecks(problems, sections, inventory).check();
        new CheckPlaces(problems, sections).check(inventory);
        new SwitchLoops(problems, sections, inventory).check();
    }

    /** Sorted, a prefix that overlaps another lies right behind the one that contains it. */
    private void overlaps(Inventory inventory) {
        List<Service> sorted = inventory.services().values().stream().sorted(Comparator.comparing(Service::prefix))
                .toList();
        Service widest = null;
        for (Service service : sorted) {
            if (widest != null && widest.prefix().overlaps(service.prefix()) && !isApart(widest, service)) {
                problems.at(place("services", service.name()), what(service) + " of "
                        + service.name() + " overlaps " + what(widest) + " of " + widest.name() + " at "
                        + problems.place(place("services", widest.name())));
            } else {
                widest = service;
            }
        }
    }

    private static String what(Service service) {
        return service.balanced().isPresent()
                ? "the address " + service.frontend().text()
                : "the prefix "
                        + service.prefix();
    }

    /** Two virtual servers may have one address, with different ports. */
    private static boolean isApart(Service one, Service other) {
        return one.balanced().isPresent() && other.balanced().isPresent()
                && one.balanced().get().port() != other.balanced().get().port();
    }

    private void duplicateAddresses(Inventory inventory) {
        Map<Address, Server> byAddress = new HashMap<>();
        Map<Address, Server> byHop = new HashMap<>();
        for (Server server : inventory.servers().values()) {
            duplicate(byAddress.put(server.address(), server), server, "address " + server.address());
            duplicate(byHop.put(server.nextHop(), server), server, "next hop " + server.nextHop());
        }
    }

    private void duplicate(Server before, Server server, String what) {
        if (before != null) {
            problems.at(place("servers", server.name()), server.name() + " has the same " + what + " as "
                    + before.name() + " at " + problems.place(place("servers", before.name())));
        }
    }

    /** Linux accepts such a route, and the traffic ends there. */
    private void ownAddress(RouterSpec router, Inventory inventory) {
        Optional<Address> own = ReachChecks.literal(router.login().host()).filter(a -> !a.loopback());
        for (Server server : inventory.servers().values()) {
            boolean hop = own.filter(server.nextHop()::equals).isPresent();
            if (hop || own.filter(server.address()::equals).isPresent()) {
                problems.at(place("servers", server.name()), "the " + (hop ? "next hop " : "address ") + own.get()
                        + " of " + server.name() + " is the router " + router.name() + " itself");
            }
        }
    }

    /** A takeover needs a login to bring the address up, and a next hop that is not the address of that login. */
    private void takeover(Service service, Inventory inventory) {
        whole(service, inventory).forEach(server -> takeover(service, server));
        if (service.fallsBack() && sections.names("routers").isEmpty()) {
            problems.at(place("services", service.name()), "'fallback: arp' of " + service.name()
                    + " is for a router that takes no commands, and there is no router; 'redirect: arp' needs none");
        }
        if (service.livesOnLan()) {
            movingAddress(service, inventory);
        }
    }

    private void takeover(Service service, Server server) {
        if (server.login().isEmpty()) {
            problems.at(place("servers", server.name()), service.name() + " takes addresses over, and " + server.name()
                    + " has no login to bring one up with; write user and key there");
        }
        if (service.fallsBack() && server.nextHop().equals(server.address())) {
            problems.at(place("servers", server.name()), "'fallback: arp' of " + service.name() + " takes over the next"
                    + " hop of a dead server, so " + server.name() + " needs a 'next-hop:' of its own beside its"
                    + " address " + server.address());
        }
    }

    private void movingAddress(Service service, Inventory inventory) {
        inventory.routers().values().stream().filter(r -> r.login().host().equals(service.address().toString()))
                .forEach(r -> problems.at(place("services", service.name()), "the address of " + service.name()
                        + " is that of the router " + r.name()));
        inventory.servers().values().stream()
                .filter(s -> s.address().equals(service.address()) || s.nextHop().equals(service.address()))
                .forEach(s -> problems.at(place("services", service.name()), "the address of " + service.name()
                        + " moves between the servers, and " + s.name() + " has it for its own; give one of them"
                        + " another"));
    }

    /** An address that another server may take over would make a dead server look alive to its checks. */
    private void borrowed(Inventory inventory) {
        Map<Address, Server> hops = new HashMap<>();
        inventory.servers().values().forEach(s -> hops.put(s.nextHop(), s));
        inventory.servers().values().forEach(server -> {
            Server other = hops.get(server.address());
            // Two servers with one address are reported already.
            if (other != null && !other.name().equals(server.name()) && !other.address().equals(server.address())) {
                problems.at(place("servers", server.name()), "the address " + server.address() + " of " + server.name()
                        + " is the next hop of " + other.name());
            }
        });
    }

    private void families(Service service, Inventory inventory) {
        whole(service, inventory).stream().filter(s -> s.nextHop().v6() != service.prefix().network().v6())
                .forEach(s -> problems.at(place("services", service.name()), "the prefix " + service.prefix()
                        + " needs next hops of its own family, and " + s.name() + " has " + s.nextHop()
                        + "; give it a server entry of its own for IPv" + (service.prefix().network().v6() ? 6 : 4)));
    }

    /** An address that a machine needs for itself would be taken from it. */
    private void taken(Service service, Inventory inventory) {
        Balanced balanced = service.balanced().orElseThrow();
        inventory.servers().values().stream()
                .filter(s -> s.address().equals(balanced.address()) || s.nextHop().equals(balanced.address()))
                .forEach(s -> problems.at(place("services", service.name()), "the address of " + service.name()
                        + " is that of the server " + s.name() + "; clients need one of its own"));
        inventory.routers().values().stream().filter(r -> r.login().host().equals(balanced.address().toString()))
                .filter(r -> r.login().port() == balanced.port())
                .forEach(r -> problems.at(place("services", service.name()), "the address and port of "
                        + service.name() + " are those of the login to " + r.name() + ", which would be cut off"));
    }

    private void marks(Service service, Inventory inventory) {
        Map<Long, Server> byMark = new HashMap<>();
        whole(service, inventory).forEach(server -> {
            Server other = byMark.put(Balanced.mark(server.nextHop()), server);
            if (other != null) {
                problems.at(place("services", service.name()), "with 'forward: route', the next hops of "
                        + other.name() + " and " + server.name() + " must differ in their last 24 bits");
            }
        });
    }

    private void dialects(Service service, Inventory inventory) {
        service.routers().stream().map(inventory.routers()::get)
                .filter(r -> r != null && r.cli().isPresent() && service.balanced().isPresent())
                .forEach(r -> problems.at(place("services", service.name()), "the router " + r.name() + " of "
                        + service.name() + " speaks " + r.dialect()
                        + ", and 'redirect: balance' needs Linux; name other"
                        + " routers"));
        boolean v6 = service.prefix().network().v6();
        service.routers().stream().map(inventory.routers()::get)
                .filter(r -> r != null && r.cli().map(c -> c.dialect().family(v6).isEmpty()).orElse(false))
                .forEach(r -> problems.at(place("services", service.name()), "the router " + r.name() + " of "
                        + service.name() + " speaks " + r.dialect() + ", which has no 'ipv" + (v6 ? 6 : 4)
                        + ":'; add it to the dialect, or name other routers"));
    }

    private static List<Server> whole(Service service, Inventory inventory) {
        return service.servers().stream().map(inventory.servers()::get).filter(Objects::nonNull).toList();
    }

    private Node place(String section, String name) {
        return sections.key(section, name);
    }
}
