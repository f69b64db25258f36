package net.reroute.convert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.convert.Claim.Use;
import net.reroute.convert.Draft.Section;
import net.reroute.core.Address;
import net.reroute.core.Frontend.Balanced;

/** Makes comments of entries that the inventory would refuse beside the others. The rules are those of its reader. */
final class Conflicts {

    private final Draft draft;
    private final Machines machines;
    /** Services that stay: those of one address by it, and the others. */
    private final Map<Address, List<Entry>> hosts = new LinkedHashMap<>();
    private final List<Entry> wide = new ArrayList<>();
    /** Switches that stay, by where they listen; by port those that listen first there, and at any address. */
    private final Map<String, Entry> listening = new HashMap<>();
    private final Set<Address> fixed;
    /** Where a switch listens, and the backends of that switch. */
    private final Map<String, List<String>> switches = new HashMap<>();

    Conflicts(Draft draft, Machines machines) {
        this.draft = draft;
        this.machines = machines;
        this.fixed = new LinkedHashSet<>(machines.fixed());
    }

    void resolve() {
        List<Entry> all = new ArrayList<>(draft.entries(Section.SERVICES));
        all.addAll(draft.entries(Section.SWITCHES));
        all.forEach(entry -> entry.claim().ifPresent(claim -> {
            Optional<String> why = claim.use() == Use.SWITCH ? listening(claim) : serving(claim);
            why.ifPresentOrElse(entry::off, () -> keep(entry, claim));
        }));
    }

    private void keep(Entry entry, Claim claim) {
        if (claim.use() == Use.SWITCH) {
            listening.put(at(claim), entry);
            listening.putIfAbsent("first " + claim.port(), entry);
            if (claim.isAny()) {
                listening.put("any " + claim.port(), entry);
            }
            switches.put(at(claim), ends(claim));
        } else if (claim.isHost()) {
            hosts.computeIfAbsent(claim.prefix().network(), a -> new ArrayList<>()).add(entry);
        } else {
            wide.add(entry);
        }
    }

    // ---- services --------------------------------------------------------------------------------------------------

    private Optional<String> serving(Claim claim) {
        return address(claim).or(() -> overlap(claim)).or(() -> inside(claim)).or(() -> family(claim))
                .or(() -> marks(claim));
    }

    private static Optional<String> address(Claim claim) {
        Address first = claim.prefix().network();
        boolean good = claim.prefix().length() > 0 && first.nobodys().isEmpty() && !first.loopback()
                && !first.linkLocal();
        return good ? Optional.empty() : Optional.of(claim.prefix() + " is no address that clients can use");
    }

    private Optional<String> overlap(Claim claim) {
        for (Entry other : near(claim)) {
            Claim there = other.claim().orElseThrow();
            boolean apart = claim.isBalanced() && there.isBalanced() && claim.port() != there.port();
            if (!apart && there.prefix().overlaps(claim.prefix())) {
                return Optional.of("its address is that of " + other.name()
                        + " already, and a service needs one of its own");
            }
        }
        return Optional.empty();
    }

    /** Services that may overlap it: a file may have tens of thousands, nearly all of one address. */
    private List<Entry> near(Claim claim) {
        if (!claim.isHost()) {
            return Stream.concat(hosts.values().stream().flatMap(List::stream), wide.stream()).toList();
        }
        List<Entry> near = new ArrayList<>(wide);
        near.addAll(hosts.getOrDefault(claim.prefix().network(), List.of()));
        return near;
    }

    private Optional<String> inside(Claim claim) {
        Optional<Address> found = claim.isHost()
                ? Optional.of(claim.prefix().network()).filter(fixed::contains)
                : fixed.stream().filter(claim::holds).findFirst();
        return found.map(a -> "a server or router has the address " + a + ", and a move would cut it off");
    }

    private Optional<String> family(Claim claim) {
        boolean v6 = claim.prefix().network().v6();
        return claim.use() == Use.ARP
                ? Optional.empty()
                : claim.servers().stream().filter(s -> machines.hop(s).map(Address::v6).orElse(v6) != v6).findFirst()
                        .map(s -> "its address and that of " + s + " are of two families (IPv4 and IPv6)");
    }

    /** Rules of routing name a server by the last 24 bits of its next hop. */
    private Optional<String> marks(Claim claim) {
        Set<Long> marks = new HashSet<>();
        boolean twice = claim.use() == Use.DIRECT && claim.servers().stream()
                .flatMap(s -> machines.hop(s).stream()).anyMatch(h -> !marks.add(Balanced.mark(h)));
        return twice
                ? Optional.of("with 'forward: route', addresses of servers must differ in their last 24 bits")
                : Optional.empty();
    }

    // ---- switches --------------------------------------------------------------------------------------------------

    private static String at(Claim claim) {
        return Claim.at(claim.prefix().network(), claim.port());
    }

    /** Backends with addresses in place of names. */
    private List<String> ends(Claim claim) {
        return claim.backends().stream().map(b -> Claim.at(machines.address(b.substring(0, b.lastIndexOf(':'))),
                Integer.parseInt(b.substring(b.lastIndexOf(':') + 1)))).toList();
    }

    private Optional<String> listening(Claim claim) {
        Optional<Entry> other = Stream
                .of(at(claim), "any " + claim.port(), claim.isAny() ? "first " + claim.port() : "")
                .flatMap(key -> Stream.ofNullable(listening.get(key))).findFirst();
        if (other.isPresent()) {
            return other.map(o -> o.name() + " listens at that port already");
        }
        return itself(claim);
    }

    private Optional<String> itself(Claim claim) {
        List<String> ends = ends(claim);
        boolean own = ends.contains(at(claim)) || claim.isAny() && claim.backends().stream()
                .anyMatch(b -> b.endsWith(":" + claim.port())
                        && machines.address(b.substring(0, b.lastIndexOf(':'))).loopback());
        return own || leads(ends, at(claim))
                ? Optional.of("one of its backends leads back to itself")
                : Optional.empty();
    }

    /** True if a connection to one of these comes to that place, by way of other switches. */
    private boolean leads(List<String> from, String to) {
        Deque<String> open = new ArrayDeque<>(from);
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String at = open.pop();
            if (at.equals(to)) {
                return true;
            }
            if (seen.add(at)) {
                open.addAll(switches.getOrDefault(at, List.of()));
            }
        }
        return false;
    }
}
