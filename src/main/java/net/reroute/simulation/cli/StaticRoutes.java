package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;

/** A simulated router's static routes, as written, and what its table makes of them. Thread safe. */
final class StaticRoutes {

    /**
     * @param vrf empty = the global table
     * @param hop empty = through the interface only
     * @param interfaceName empty = none named
     * @param more what else is written, such as a name or a tag, in the device's words
     * @param up false while what it tracks is down
     */
    record Static(String vrf, Prefix prefix, Optional<Address> hop, String interfaceName, int distance,
            String more,
            boolean up) {

        boolean sameHop(Static other) {
            return vrf.equals(other.vrf) && prefix.equals(other.prefix) && hop.equals(other.hop)
                    && interfaceName.equals(other.interfaceName);
        }
    }

    private final List<Link> links;
    private final List<Static> written = new ArrayList<>();

    StaticRoutes(List<Link> links) {
        this.links = List.copyOf(links);
    }

    List<Link> links() {
        return links;
    }

    /** The same next hop written again has its attributes replaced. */
    synchronized void add(Static route) {
        written.removeIf(route::sameHop);
        written.add(route);
    }

    /** Returns how many were taken away. */
    synchronized int remove(Predicate<Static> which) {
        int before = written.size();
        written.removeIf(which);
        return before - written.size();
    }

    synchronized List<Static> written() {
        return List.copyOf(written);
    }

    synchronized void restore(List<Static> before) {
        written.clear();
        written.addAll(before);
    }

    /** Those that forward: resolved, up, and with the lowest distance of their prefix. */
    synchronized List<Static> used(String vrf) {
        List<Static> able = written.stream().filter(s -> s.vrf().equals(vrf) && s.up() && isResolved(s)).toList();
        return able.stream()
                .filter(s -> able.stream().noneMatch(o -> o.prefix().equals(s.prefix()) && o.distance() < s.distance()))
                .sorted(Comparator.comparing(Static::prefix)).toList();
    }

    private boolean isResolved(Static route) {
        return route.hop().map(h -> links.stream().anyMatch(l -> l.network().contains(h))).orElse(true);
    }

    /** The most specific prefix for an address; more than one route where it has several next hops. */
    List<Static> lookup(String vrf, Address address) {
        List<Static> fitting = used(vrf).stream().filter(s -> s.prefix().contains(address)).toList();
        int longest = fitting.stream().mapToInt(s -> s.prefix().length()).max().orElse(-1);
        return fitting.stream().filter(s -> s.prefix().length() == longest).toList();
    }

    Optional<Link> connected(Address address) {
        return links.stream().filter(l -> l.network().contains(address)).findFirst();
    }

    /** The network an address is connected through, unless a more specific route leads elsewhere. */
    Optional<Link> attached(String vrf, Address address) {
        int longest = lookup(vrf, address).stream().mapToInt(s -> s.prefix().length()).max().orElse(-1);
        return connected(address).filter(l -> l.network().length() >= longest);
    }

    boolean isOwn(Address address) {
        return links.stream().anyMatch(l -> l.address().equals(address));
    }
}
