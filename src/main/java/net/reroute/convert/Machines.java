package net.reroute.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.reroute.convert.Draft.Section;
import net.reroute.core.Address;

/** Servers and routers of a draft. Those whose address the source does not hold get a placeholder in the end. */
final class Machines {

    /** Networks for documentation (RFC 5737, RFC 3849, RFC 9637), then for benchmarks (RFC 2544): nobody's machines are there. */
    private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");
    private static final String NETWORK6 = "2001:db8::";
    private static final String NETWORK7 = "3fff::";
    private static final int LAST = 255;
    private static final int MOST = 60_000;

    private final Draft draft;
    private final Map<String, Entry> servers = new HashMap<>();
    private final Map<String, Address> addresses = new LinkedHashMap<>();
    private final Map<String, Address> hops = new LinkedHashMap<>();
    private final Map<Entry, Boolean> unplaced = new LinkedHashMap<>();

    private int next = 1;

    Machines(Draft draft) {
        this.draft = draft;
    }

    /**
     * The server at a host; it is made if there is none yet.
     *
     * @param wish for its name
     * @param v6 the family of its address, if that has to be filled in
     */
    String server(Host host, String wish, boolean v6) {
        String key = host.address().map(Address::toString).orElse(host.text() + (v6 ? " v6" : " v4"));
        return servers.computeIfAbsent(key, k -> made(host, wish, v6)).name();
    }

    private Entry made(Host host, String wish, boolean v6) {
        String name = Address.tryParse(wish).isPresent() || wish.isBlank() ? "server-" + wish : wish;
        Entry entry = draft.add(Section.SERVERS, name);
        host.address().ifPresentOrElse(a -> at(entry, a), () -> {
            unplaced.put(entry, v6);
            entry.remark(Remark.toDo("the address of " + Plain.text(host.text())
                    + "; the source does not hold it, and names are not looked up"));
        });
        return entry;
    }

    private void at(Entry entry, Address address) {
        addresses.put(entry.name(), address);
        entry.set("address", Scalar.of(address.toString()));
    }

    Entry entry(String server) {
        return draft.entry(server).orElseThrow();
    }

    /** Gives a server the login that a takeover needs. */
    void login(String server, Remark why) {
        if (!entry(server).values().containsKey("user")) {
            entry(server).set("user", "root").set("agent", "true").remark(why);
        }
    }

    void nextHop(String server, Address hop) {
        hops.put(server, hop);
    }

    /** A router. Its address is filled in by the admin if the source does not hold it. */
    Entry router(Host host, String wish) {
        Entry entry = draft.add(Section.ROUTERS, wish).set("dialect", "linux");
        host.address().ifPresentOrElse(a -> at(entry, a), () -> unplaced.put(entry, false));
        return entry.set("user", "root").set("agent", "true");
    }

    // ---- in the end ----------------------------------------------------------------------------------------------

    /** Fills in placeholders that are in nobody's way, and leaves out next hops that two would have. */
    void place() {
        draft.entries(Section.ROUTERS).forEach(this::apart);
        unplaced.forEach((entry, v6) -> at(entry, free(v6)));
        hops.forEach(this::hop);
    }

    /** The inventory refuses a router that is a server, too. */
    private void apart(Entry router) {
        Address own = addresses.get(router.name());
        boolean shared = own != null && draft.entries(Section.SERVERS).stream()
                .anyMatch(s -> own.equals(addresses.get(s.name())) || own.equals(hops.get(s.name())));
        if (shared) {
            addresses.remove(router.name());
            unplaced.put(router, own.v6());
            router.remark(Remark.toDo("another address of the router: " + own + " is that of a server"));
        }
    }

    /** One that no entry needs; if there is none, one that no machine has, and the entry is refused later. */
    private Address free(boolean v6) {
        List<Address> unused = new ArrayList<>();
        for (; next < MOST; next++) {
            Address candidate = Address.parse(v6 ? NETWORK6 + Integer.toHexString(next) : v4(next));
            if (isFree(candidate)) {
                next++;
                return candidate;
            }
            unused.add(candidate);
        }
        next = 1;
        return unused.stream().filter(a -> !addresses.containsValue(a)).findFirst()
                .orElseGet(() -> Address.parse(NETWORK7 + Integer.toHexString(addresses.size())));
    }

    private static String v4(int number) {
        int network = number / LAST;
        return network < NETWORKS.size()
                ? NETWORKS.get(network) + number % LAST
                : "198.18." + network % 256 + "." + number % LAST;
    }

    private boolean isFree(Address candidate) {
        boolean claimed = List.of(Section.SERVICES, Section.SWITCHES).stream().flatMap(s -> draft.entries(s).stream())
                .flatMap(e -> e.claim().stream()).anyMatch(c -> !c.isAny() && c.holds(candidate));
        return !claimed && !addresses.containsValue(candidate) && !hops.containsValue(candidate);
    }

    private void hop(String server, Address hop) {
        Set<Address> others = new HashSet<>(addresses.values());
        others.remove(addresses.get(server));
        hops.forEach((name, other) -> {
            if (!name.equals(server)) {
                others.add(other);
            }
        });
        if (others.contains(hop) || hop.linkLocal() || hop.nobodys().isPresent()) {
            entry(server).remark(Remark.toDo("the next hop " + hop + " cannot be written here: another machine has it,"
                    + " or none can have it"));
        } else if (!hop.equals(addresses.get(server))) {
            entry(server).set("next-hop", Scalar.of(hop.toString()));
        }
    }

    /** Where routers point for a server. */
    Optional<Address> hop(String server) {
        boolean own = entry(server).values().containsKey("next-hop");
        return Optional.ofNullable(own ? hops.get(server) : addresses.get(server));
    }

    Address address(String server) {
        return addresses.get(server);
    }

    /** All addresses that must stay where they are. */
    List<Address> fixed() {
        List<Address> all = new ArrayList<>(addresses.values());
        draft.entries(Section.SERVERS).forEach(s -> all.add(hop(s.name()).orElse(null)));
        return all.stream().filter(Objects::nonNull).toList();
    }
}
