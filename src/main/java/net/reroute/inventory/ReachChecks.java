package net.reroute.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;

/**
 * Addresses of servers and routers: none may be inside a prefix that moves, and every router must accept it as a next
 * hop.
 */
final class ReachChecks {

    private final ProblemList problems;
    private final Sections sections;
    private final Inventory inventory;

    ReachChecks(ProblemList problems, Sections sections, Inventory inventory) {
        this.problems = problems;
        this.sections = sections;
        this.inventory = inventory;
    }

    void check() {
        inside();
        inventory.services().values().forEach(this::linkLocal);
    }

    /** A host that is an address; empty if it is a name. */
    static Optional<Address> literal(String host) {
        return host.matches("[\\d.]+|.*:.*") ? Optional.of(Address.parse(host)) : Optional.empty();
    }

    /** A move of such a prefix would cut off a server, or send the router's own address to a server. */
    private void inside() {
        TreeMap<Address, Service> byNetwork = new TreeMap<>();
        inventory.services().values().stream().filter(s -> !s.livesOnLan() && s.isHeld())
                .forEach(s -> byNetwork.put(s.prefix().network(), s));
        Map<Service, List<String>> found = new LinkedHashMap<>();
        machines().forEach((address, whose) -> {
            var below = byNetwork.floorEntry(address);
            if (below != null && below.getValue().prefix().contains(address)) {
                found.computeIfAbsent(below.getValue(), s -> new ArrayList<>()).add(address + " of " + whose);
            }
        });
        found.forEach((service, whose) -> problems.at(sections.key("services", service.name()), "the prefix "
                + service.prefix() + " of " + service.name() + " contains "
                + net.reroute.core.Names.some(whose) + ": a move would take the way there along; a prefix holds"
                + " addresses of services only"));
    }

    /** Every address that must stay reachable wherever the prefixes point, with the name of its machine. */
    private Map<Address, String> machines() {
        Map<Address, String> machines = new LinkedHashMap<>();
        for (Server server : inventory.servers().values()) {
            machines.put(server.address(), server.name());
            machines.putIfAbsent(server.nextHop(), server.name());
        }
        for (RouterSpec router : inventory.routers().values()) {
            literal(router.login().host()).ifPresent(a -> machines.putIfAbsent(a, "router " + router.name()));
        }
        inventory.settings().peer().flatMap(p -> literal(p.login().host()))
                .ifPresent(a -> machines.putIfAbsent(a, "the other controller"));
        return machines;
    }

    private void linkLocal(Service service) {
        List<Server> servers = service.servers().stream().map(inventory.servers()::get).filter(Objects::nonNull)
                .filter(s -> s.nextHop().linkLocal()).toList();
        if (servers.isEmpty()) {
            return;
        }
        String hop = "the next hop " + servers.getFirst().nextHop() + " of " + servers.getFirst().name();
        Stream<String> unfit = service.routers().stream().map(inventory.routers()::get).filter(Objects::nonNull)
                .filter(r -> r.cli().isPresent()).map(r -> hop + " is link-local, and on the router " + r.name()
                        + " of " + service.name() + " (" + r.dialect() + ") none can be written; give it a global one");
        Stream<String> takeover = service.takeover().stream().map(t -> hop + " is link-local, and " + service.name()
                + " takes addresses over, which needs global ones");
        Stream.concat(unfit, takeover).forEach(text -> problems.at(sections.key("servers", servers.getFirst().name()),
                text));
    }
}
