package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * One routing table of one address family, with the kernel's rules for add, replace, change, append and delete
 * (net/ipv4/fib_trie.c and net/ipv6/ip6_fib.c, as seen from outside). Not thread-safe.
 */
final class LinuxTable {

    /** The numbers of the tables in the default rules. */
    static final long DEFAULT = 253;
    static final long MAIN = 254;
    static final long LOCAL = 255;

    /** How to write a route. */
    enum Verb {
        ADD, REPLACE, CHANGE, APPEND, PREPEND
    }

    /** The order of a dump in IPv4: by network, the longer prefix first. */
    private static final Comparator<Prefix> ORDER4 = Comparator.comparing(Prefix::network)
            .thenComparing(Prefix::length, Comparator.reverseOrder());
    /** The order in IPv6: by network, but a prefix comes after those that it contains. */
    private static final Comparator<Prefix> ORDER6 = (a, b) -> a.overlaps(b)
            ? Integer.compare(b.length(), a.length())
            : a.network().compareTo(b.network());

    private final boolean v6;
    private final TreeMap<Prefix, List<LinuxRoute>> routes;

    LinuxTable(boolean v6) {
        this.v6 = v6;
        this.routes = new TreeMap<>(v6 ? ORDER6 : ORDER4);
    }

    List<LinuxRoute> all() {
        return routes.values().stream().flatMap(List::stream).toList();
    }

    List<LinuxRoute> exactly(Prefix prefix) {
        return List.copyOf(routes.getOrDefault(prefix, List.of()));
    }

    /** The route to an address: longest prefix, then lowest metric. Skips routes that are not usable. */
    Optional<LinuxRoute> longest(Address address, Predicate<LinuxRoute> usable) {
        for (int length = address.width(); length >= 0; length--) {
            for (LinuxRoute route : routes.getOrDefault(Prefix.around(address, length), List.of())) {
                if (usable.test(route)) {
                    return Optional.of(route);
                }
            }
        }
        return Optional.empty();
    }

    void write(LinuxRoute route, Verb verb) throws IpFailure {
        List<LinuxRoute> same = routes.getOrDefault(route.prefix(), List.of());
        int first = firstOf(same, route.metric());
        if (first < 0 && verb == Verb.CHANGE) {
            throw v6 && same.isEmpty()
                    ? IpFailure.error("Can not replace route - no match found.")
                    : IpFailure.answer("No such file or directory");
        }
        if (first >= 0 && verb == Verb.ADD) {
            throw IpFailure.answer("File exists");
        }
        List<LinuxRoute> changed = new ArrayList<>(same);
        if (first < 0) {
            changed.add((int) same.stream().filter(r -> r.metric() < route.metric()).count(), route);
        } else if (verb == Verb.REPLACE || verb == Verb.CHANGE) {
            refuseCopy(changed, first, route);
            changed.set(first, route);
        } else {
            join(changed, first, route, verb);
        }
        routes.put(route.prefix(), changed);
    }

    private static int firstOf(List<LinuxRoute> routes, long metric) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).metric() == metric) {
                return i;
            }
        }
        return -1;
    }

    private static void refuseCopy(List<LinuxRoute> routes, int allowed, LinuxRoute route) throws IpFailure {
        int copy = routes.indexOf(route);
        if (copy >= 0 && copy != allowed) {
            throw IpFailure.answer("File exists");
        }
    }

    /**
     * Adds a route beside one with the same metric. IPv6 merges them into one route with several next hops; IPv4 keeps
     * both.
     */
    private void join(List<LinuxRoute> routes, int first, LinuxRoute route, Verb verb) throws IpFailure {
        LinuxRoute there = routes.get(first);
        boolean copy = v6 ? there.hops().containsAll(route.hops()) : routes.contains(route);
        if (copy) {
            throw IpFailure.answer("File exists");
        }
        if (v6 && there.hasGateway() && route.hasGateway()) {
            List<LinuxRoute.Hop> hops = new ArrayList<>(there.hops());
            hops.addAll(route.hops());
            routes.set(first, there.withHops(hops));
        } else {
            int last = first + (int) routes.stream().filter(r -> r.metric() == route.metric()).count();
            routes.add(verb == Verb.PREPEND ? first : last, route);
        }
    }

    /**
     * Deletes the first route that matches.
     *
     * @param via next hop that was given; of several next hops in IPv6 only this one is deleted
     */
    void delete(Prefix prefix, Predicate<LinuxRoute> matching, Optional<Address> via) throws IpFailure {
        List<LinuxRoute> left = new ArrayList<>(exactly(prefix));
        LinuxRoute found = left.stream().filter(matching).findFirst()
                .orElseThrow(() -> IpFailure.answer("No such process"));
        List<LinuxRoute.Hop> others = found.hops().stream().filter(h -> !h.via().equals(via)).toList();
        if (v6 && via.isPresent() && !others.isEmpty()) {
            left.set(left.indexOf(found), found.withHops(others));
        } else {
            left.remove(found);
        }
        if (left.isEmpty()) {
            routes.remove(prefix);
        } else {
            routes.put(prefix, left);
        }
    }
}
