package net.reroute.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.reroute.core.Health.State;

/**
 * What one router should do with the connections of its services.
 *
 * @param services those whose connections do not just follow the route
 */
public record FlowPlan(List<Kept> services) {

    /** LIVES: connections go on. ENDS: they are reset. UNKNOWN: whatever is so is left. */
    public enum Fate {
        LIVES, ENDS, UNKNOWN
    }

    /**
     * @param hops next hops, by server
     * @param fates of connections, by server
     * @param elsewhere fate of connections at all servers that the route does not lead to
     */
    public record Kept(Service service, Map<String, Address> hops, Map<String, Fate> fates, Fate elsewhere) {

        /** The same, with what was so before where nothing is known. */
        public Kept after(Kept before) {
            Map<String, Fate> all = new LinkedHashMap<>(fates);
            all.replaceAll((server, fate) -> fate == Fate.UNKNOWN
                    ? before.fates().getOrDefault(server, Fate.UNKNOWN)
                    : fate);
            return new Kept(service, hops, all, elsewhere == Fate.UNKNOWN ? before.elsewhere() : elsewhere);
        }

        public Flows flows() {
            return service.flows();
        }
    }

    /** @param at where services are, or are about to be; connections of those that are missing are left as they are */
    public static FlowPlan of(String router, Snapshot now, Map<String, List<String>> at) {
        return new FlowPlan(of(router, now.inventory()).services().stream()
                .map(k -> at.containsKey(k.service().name()) ? kept(k, now, at.get(k.service().name())) : k).toList());
    }

    private static Kept kept(Kept kept, Snapshot now, List<String> at) {
        return new Kept(kept.service(), kept.hops(), fates(kept.service(), now, at),
                elsewhere(kept.service(), now, at));
    }

    /** What is to be set up on a router; nothing is known of where services are. */
    public static FlowPlan of(String router, Inventory inventory) {
        return new FlowPlan(inventory.services().values().stream()
                .filter(s -> s.routers().contains(router) && s.flows().marked())
                .map(s -> new Kept(s, hops(s, inventory), Map.of(), Fate.UNKNOWN)).toList());
    }

    private static Map<String, Address> hops(Service service, Inventory inventory) {
        Map<String, Address> hops = new LinkedHashMap<>();
        inventory.servers(service.servers()).forEach(s -> hops.put(s.name(), s.nextHop()));
        return hops;
    }

    /** The fate of connections at each server of a service that is at these servers. */
    public static Map<String, Fate> fates(Service service, Snapshot now, List<String> at) {
        Map<String, Fate> fates = new LinkedHashMap<>();
        service.servers().forEach(s -> fates.put(s, at.contains(s) ? Fate.LIVES : fate(service, s, now, at)));
        return fates;
    }

    /** Connections end only if their clients would find a server that works. */
    private static Fate fate(Service service, String server, Snapshot now, List<String> at) {
        State state = now.verdict(service, server).state();
        if (state == State.UP) {
            return Fate.LIVES;
        }
        boolean dark = now.isBlind() || at.stream().noneMatch(s -> now.verdict(service, s).state() == State.UP);
        return state == State.DOWN && !dark ? Fate.ENDS : Fate.UNKNOWN;
    }

    /**
     * The fate of connections that are neither where a service is nor at a server that is DOWN: they end if the service
     * cuts them, or has been there for as long as its patience.
     */
    public static Fate elsewhere(Service service, Snapshot now, List<String> at) {
        if (service.flows().mode() == Flows.Mode.CUT) {
            return Fate.ENDS;
        }
        Assignment assignment = now.assignments().get(service.name());
        boolean moves = assignment == null || !Set.copyOf(assignment.servers()).equals(Set.copyOf(at));
        Instant since = moves ? now.times().now() : assignment.since();
        boolean over = service.flows().patience().map(p -> !since.plus(p).isAfter(now.times().now())).orElse(false);
        return over ? Fate.ENDS : Fate.LIVES;
    }

    /** A short text that differs for plans of other services, next hops, or ways. */
    public String digest() {
        return Integer.toHexString(services.stream().map(k -> k.service().prefix() + " " + k.flows().mode() + " "
                + k.hops()).collect(Collectors.joining("\n")).hashCode());
    }

    public boolean isEmpty() {
        return services.isEmpty();
    }

    /** All next hops. */
    public Set<Address> hops() {
        return services.stream().flatMap(k -> k.hops().values().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Kept services whose patience is over. */
    public Set<String> over() {
        return services.stream().filter(k -> k.flows().kept() && k.elsewhere() == Fate.ENDS)
                .map(k -> k.service().name())
                .collect(Collectors.toSet());
    }
}
