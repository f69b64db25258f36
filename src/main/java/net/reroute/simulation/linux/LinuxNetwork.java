package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.linux.LinuxTable.Verb;

/** The links and routing tables of one simulated machine, as its kernel has them. Thread-safe. */
final class LinuxNetwork {

    private List<LinuxLink> links;
    private final Map<Boolean, TreeMap<Long, LinuxTable>> tables = new HashMap<>();

    LinuxNetwork(List<LinuxLink> links) {
        this.links = links;
        for (boolean v6 : List.of(false, true)) {
            tables.put(v6,
                    new TreeMap<>(Map.of(LinuxTable.MAIN, new LinuxTable(v6), LinuxTable.LOCAL, new LinuxTable(v6))));
        }
        try {
            for (LinuxLink link : links) {
                for (IpNet net : link.nets()) {
                    connect(link, net);
                }
            }
        } catch (IpFailure e) {
            throw new IllegalArgumentException("the addresses exclude each other: " + e.getMessage(), e);
        }
    }

    private void connect(LinuxLink link, IpNet net) throws IpFailure {
        boolean v6 = net.address().v6();
        add(LinuxTable.LOCAL, net.address(), "local", link);
        if (v6 && !link.loopback()) {
            if (net.length() < net.address().width()) {
                add(LinuxTable.LOCAL, net.prefix().network(), "anycast", link);
            }
            write(LinuxTable.LOCAL,
                    LinuxRoute.ofKernel(Prefix.parse("ff00::/8"), "multicast", link.name(), Optional.empty()));
        } else if (!v6 && net.length() < net.address().width()) {
            add(LinuxTable.LOCAL, net.last(), "broadcast", link);
        }
        if (link.loopback() && !v6) {
            write(LinuxTable.LOCAL,
                    LinuxRoute.ofKernel(net.prefix(), "local", link.name(), Optional.of(net.address())));
        } else if (!link.loopback() && (v6 || net.length() < net.address().width())) {
            write(LinuxTable.MAIN,
                    LinuxRoute.ofKernel(net.prefix(), "unicast", link.name(), Optional.of(net.address())));
        }
    }

    private void add(long table, Address address, String type, LinuxLink link) throws IpFailure {
        Optional<Address> src = link.nets().stream().filter(n -> n.address().equals(address)).findFirst()
                .map(own -> primary(link, own))
                .or(() -> link.nets().stream().filter(n -> n.prefix().contains(address)).findFirst())
                .map(IpNet::address);
        write(table, LinuxRoute.ofKernel(IpNet.host(address).prefix(), type, link.name(), src));
    }

    private static IpNet primary(LinuxLink link, IpNet of) {
        return link.nets().stream().filter(n -> n.prefix().equals(of.prefix())).findFirst().orElse(of);
    }

    /**
     * Writes a route of the kernel. Several may have one metric; a duplicate, from an address given twice, is ignored.
     */
    private void write(long table, LinuxRoute route) throws IpFailure {
        LinuxTable to = tables.get(route.v6()).get(table);
        if (!to.exactly(route.prefix()).contains(route)) {
            to.write(route, Verb.APPEND);
        }
    }

    synchronized List<LinuxLink> links() {
        return links;
    }

    Optional<LinuxLink> link(String name) {
        return links().stream().filter(l -> l.name().equals(name)).findFirst();
    }

    /** Adds an address to a link, with the routes that the kernel makes for it. */
    synchronized void add(LinuxLink to, LinkAddress address) throws IpFailure {
        if (to.nets().contains(address.net())) {
            throw IpFailure.error(address.net().address().v6()
                    ? "ipv6: address already assigned."
                    : "ipv4: Address already assigned.");
        }
        LinuxLink more = to.with(address);
        replace(more);
        if (more.isSecondary(address.net())) {
            add(LinuxTable.LOCAL, address.net().address(), "local", more);
        } else {
            connect(more, address.net());
        }
    }

    /** Takes an address off a link, with its routes. */
    synchronized void remove(LinuxLink from, IpNet net) throws IpFailure {
        if (!from.nets().contains(net)) {
            throw IpFailure.error(net.address().v6() ? "ipv6: address not found." : "ipv4: Address not found.");
        }
        LinuxLink left = from.without(net);
        replace(left);
        for (IpNet gone : from.nets().stream().filter(n -> !left.nets().contains(n)).toList()) {
            drop(LinuxTable.LOCAL, IpNet.host(gone.address()).prefix(), from);
        }
        if (left.nets().stream().noneMatch(n -> n.prefix().equals(net.prefix()))) {
            drop(LinuxTable.MAIN, net.prefix(), from);
            drop(LinuxTable.LOCAL, IpNet.host(net.last()).prefix(), from);
        }
    }

    private void replace(LinuxLink changed) {
        links = links.stream().map(l -> l.index() == changed.index() ? changed : l).toList();
    }

    /** Drops the kernel's own routes to a prefix over a link. */
    private void drop(long table, Prefix prefix, LinuxLink link) throws IpFailure {
        flush(table, exactly(table, prefix).stream().filter(r -> r.proto() == LinuxRoute.KERNEL)
                .filter(r -> r.hops().stream().anyMatch(h -> h.dev().equals(link.name()))).toList());
    }

    /** The numbers of the tables of a family, sorted. */
    synchronized List<Long> tables(boolean v6) {
        return List.copyOf(tables.get(v6).keySet());
    }

    /** All routes of a table, in the order of a dump; empty if there is no such table. */
    synchronized List<LinuxRoute> routes(boolean v6, long table) {
        LinuxTable found = tables.get(v6).get(table);
        return found == null ? List.of() : found.all();
    }

    synchronized List<LinuxRoute> exactly(long table, Prefix prefix) {
        LinuxTable found = tables.get(prefix.network().v6()).get(table);
        return found == null ? List.of() : found.exactly(prefix);
    }

    /**
     * A route, and the table that has it.
     *
     * @param route that forwards
     * @param table its number
     */
    record Found(LinuxRoute route, long table) {}

    /** The route to an address by the default rules: table local, then main, then default. */
    synchronized Optional<Found> lookup(Address address, Predicate<LinuxRoute> usable) {
        for (long table : List.of(LinuxTable.LOCAL, LinuxTable.MAIN, LinuxTable.DEFAULT)) {
            LinuxTable here = tables.get(address.v6()).get(table);
            Optional<LinuxRoute> route = here == null ? Optional.empty() : here.longest(address, usable);
            if (route.isPresent()) {
                return Optional.of(new Found(route.get(), table));
            }
        }
        return Optional.empty();
    }

    synchronized void write(RouteRequest request, Verb verb) throws IpFailure {
        refuseHostBits(request);
        LinuxRoute route = new RouteValidation(this).admit(request);
        TreeMap<Long, LinuxTable> family = tables.get(route.v6());
        if (verb == Verb.CHANGE && !family.containsKey(request.table)) {
            throw IpFailure.answer("No such file or directory");
        }
        family.computeIfAbsent(request.table, t -> new LinuxTable(route.v6())).write(route, verb);
    }

    synchronized void delete(RouteRequest request) throws IpFailure {
        refuseHostBits(request);
        Prefix prefix = request.to().prefix();
        LinuxTable table = tables.get(prefix.network().v6()).get(request.table);
        if (table == null) {
            throw IpFailure.error("FIB table does not exist.");
        }
        table.delete(prefix, request::fits, request.via);
    }

    /** Deletes exactly these routes. */
    synchronized void flush(long table, List<LinuxRoute> routes) throws IpFailure {
        for (LinuxRoute route : new ArrayList<>(routes)) {
            tables.get(route.v6()).get(table).delete(route.prefix(), route::equals, Optional.empty());
        }
    }

    private static void refuseHostBits(RouteRequest request) throws IpFailure {
        if (request.to().hasHostBits() && !request.to().address().v6()) {
            throw IpFailure.error("Invalid prefix for given prefix length.");
        }
    }
}
