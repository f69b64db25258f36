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

    /** Keeps the place of the key until the address is known. */
    private static final String NOWHERE = "";

    private final Draft draft;
    private final Map<String, Entry> servers = new HashMap<>();
    private final Map<Address, Entry> routers = new HashMap<>();
    private final Map<String, Address> addresses = new LinkedHashMap<>();
    private final Map<String, Address> hops = new LinkedHashMap<>();
    private final Map<Entry, Boolean> unplaced = new LinkedHashMap<>();

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
        Entry entry = draft.add(Section.SERVERS, name).set("address", NOWHERE);
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

    /** The router at a host; one for each address. Its address is filled in by the admin if the source does not hold it. */
    Entry router(Host host, String wish) {
        return host.address().map(a -> routers.computeIfAbsent(a, k -> newRouter(host, wish)))
                .orElseGet(() -> newRouter(host, wish));
    }

    private Entry newRouter(Host host, String wish) {
        Entry entry = draft.add(Section.ROUTERS, wish).set("dialect", "linux")
                .set("address", NOWHERE);
        host.address().ifPresentOrElse(a -> at(entry, a), () -> unplaced.put(entry, false));
        return entry.set("user", "root").set("agent", "true");
    }

    // ---- in the end ----------------------------------------------------------------------------------------------

    /** Fills in placeholders that are in nobody's way, and leaves out next hops that two would have. */
    void place() {
        Set<Address> ofServers = ofServers();
        draft.entries(Section.ROUTERS).forEach(r -> apart(r, ofServers));
        Set<Address> used = new HashSet<>(addresses.values());
        used.addAll(hops.values());
        Placeholders placeholders = new Placeholders(used, claims());
        unplaced.forEach((entry, v6) -> at(entry, placeholders.next(v6)));
        Map<Address, Set<String>> owners = owners();
        hops.forEach((server, hop) -> hop(server, hop, owners.get(hop)));
    }

    private List<Claim> claims() {
        return List.of(Section.SERVICES, Section.SWITCHES).stream().flatMap(s -> draft.entries(s).stream())
                .flatMap(e -> e.claim().stream()).toList();
    }

    private Set<Address> ofServers() {
        Set<Address> all = new HashSet<>(hops.values());
        draft.entries(Section.SERVERS).forEach(s -> all.add(addresses.get(s.name())));
        return all;
    }

    /** The inventory refuses a router that is a server, too. */
    private void apart(Entry router, Set<Address> ofServers) {
        Address own = addresses.get(router.name());
        if (own != null && ofServers.contains(own)) {
            addresses.remove(router.name());
            unplaced.put(router, own.v6());
            router.remark(Remark.toDo("another address of the router: " + own + " is that of a server"));
        }
    }

    /** The machines that have or want an address. */
    private Map<Address, Set<String>> owners() {
        Map<Address, Set<String>> owners = new HashMap<>();
        addresses.forEach((name, a) -> owners.computeIfAbsent(a, k -> new HashSet<>()).add(name));
        hops.forEach((name, a) -> owners.computeIfAbsent(a, k -> new HashSet<>()).add(name));
        return owners;
    }

    private void hop(String server, Address hop, Set<String> owners) {
        if (owners.size() > 1 || hop.linkLocal() || hop.nobodys().isPresent()) {
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
