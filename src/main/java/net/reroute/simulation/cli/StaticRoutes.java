package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.reroute.core.Address;
import net.reroute.simulation.Link;

/** The configured static routes of a simulated router, and the table that follows from them. Thread-safe. */
final class StaticRoutes {

    private final List<Link> links;
    private final List<StaticRoute> written = new ArrayList<>();

    StaticRoutes(List<Link> links) {
        this.links = List.copyOf(links);
    }

    List<Link> links() {
        return links;
    }

    /** Adds a route. One with the same next hop is replaced. */
    synchronized void add(StaticRoute route) {
        written.removeIf(route::sameHop);
        written.add(route);
    }

    /** Removes routes. Returns how many. */
    synchronized int remove(Predicate<StaticRoute> which) {
        int before = written.size();
        written.removeIf(which);
        return before - written.size();
    }

    synchronized List<StaticRoute> written() {
        return List.copyOf(written);
    }

    synchronized void restore(List<StaticRoute> before) {
        written.clear();
        written.addAll(before);
    }

    /** The routes that forward: resolved, up, and with the lowest distance of their prefix. */
    synchronized List<StaticRoute> used(String vrf) {
        List<StaticRoute> able = written.stream().filter(s -> s.vrf().equals(vrf) && s.up() && isResolved(s)).toList();
        return able.stream()
                .filter(s -> able.stream().noneMatch(o -> o.prefix().equals(s.prefix()) && o.distance() < s.distance()))
                .sorted(Comparator.comparing(StaticRoute::prefix)).toList();
    }

    private boolean isResolved(StaticRoute route) {
        return route.hop().map(h -> links.stream().anyMatch(l -> l.network().contains(h))).orElse(true);
    }

    /** The routes of the longest prefix that matches an address; several if it has several next hops. */
    List<StaticRoute> lookup(String vrf, Address address) {
        List<StaticRoute> fitting = used(vrf).stream().filter(s -> s.prefix().contains(address)).toList();
        int longest = fitting.stream().mapToInt(s -> s.prefix().length()).max().orElse(-1);
        return fitting.stream().filter(s -> s.prefix().length() == longest).toList();
    }

    Optional<Link> connected(Address address) {
        return links.stream().filter(l -> l.network().contains(address)).findFirst();
    }

    /**
     * The interface of the connected network that an address is in; empty if there is none, or a more specific route
     * leads elsewhere.
     */
    Optional<Link> attached(String vrf, Address address) {
        int longest = lookup(vrf, address).stream().mapToInt(s -> s.prefix().length()).max().orElse(-1);
        return connected(address).filter(l -> l.network().length() >= longest);
    }

    boolean isOwn(Address address) {
        return links.stream().anyMatch(l -> l.address().equals(address));
    }
}
