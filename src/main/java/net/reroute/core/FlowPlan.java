package net.reroute.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.reroute.core.Health.State;
import net.reroute.core.Snapshot.Pair;

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
     */
    public record Kept(Service service, Map<String, Address> hops, Map<String, Fate> fates) {

        public Flows flows() {
            return service.flows();
        }
    }

    /**
     * @param at where services are, or are about to be; a missing one is where it was last seen to be
     */
    public static FlowPlan of(String router, Snapshot now, Map<String, List<String>> at) {
        List<Kept> kept = new ArrayList<>();
        now.inventory().services().values().stream().filter(s -> s.routers().contains(router) && s.flows().marked())
                .forEach(s -> kept.add(kept(s, now, at.getOrDefault(s.name(), assigned(s, now)))));
        return new FlowPlan(kept);
    }

    /** What is to be set up on a router; nothing is known of where services are. */
    public static FlowPlan of(String router, Inventory inventory) {
        return new FlowPlan(inventory.services().values().stream()
                .filter(s -> s.routers().contains(router) && s.flows().marked())
                .map(s -> new Kept(s, hops(s, inventory), Map.of())).toList());
    }

    private static Map<String, Address> hops(Service service, Inventory inventory) {
        Map<String, Address> hops = new LinkedHashMap<>();
        inventory.servers(service.servers()).forEach(s -> hops.put(s.name(), s.nextHop()));
        return hops;
    }

    private static List<String> assigned(Service service, Snapshot now) {
        Assignment assignment = now.assignments().get(service.name());
        return assignment == null ? List.of() : assignment.servers();
    }

    private static Kept kept(Service service, Snapshot now, List<String> at) {
        return new Kept(service, hops(service, now.inventory()), fates(service, now, at));
    }

    /** The fate of connections at each server of a service that is at these servers. */
    public static Map<String, Fate> fates(Service service, Snapshot now, List<String> at) {
        Map<String, Fate> fates = new LinkedHashMap<>();
        service.servers().forEach(s -> fates.put(s, at.contains(s) ? Fate.LIVES : fate(service, s, now, at)));
        return fates;
    }

    /** Connections end only if their clients would find a server that works. */
    private static Fate fate(Service service, String server, Snapshot now, List<String> at) {
        boolean dark = now.isBlind() || at.stream().noneMatch(s -> now.verdict(service, s).state() == State.UP);
        State state = now.verdict(service, server).state();
        if (dark) {
            return Fate.UNKNOWN;
        }
        if (state == State.DOWN || isOver(service, now, at)) {
            return Fate.ENDS;
        }
        return state == State.UP ? Fate.LIVES : Fate.UNKNOWN;
    }

    private static boolean isOver(Service service, Snapshot now, List<String> at) {
        Assignment assignment = now.assignments().get(service.name());
        boolean moves = assignment == null || !Set.copyOf(assignment.servers()).equals(Set.copyOf(at));
        Instant since = moves ? now.times().now() : assignment.since();
        return service.flows().patience().map(p -> !since.plus(p).isAfter(now.times().now())).orElse(false);
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

    /** Services and servers whose connections end. */
    public Set<Pair> ending() {
        return services.stream().flatMap(k -> k.fates().entrySet().stream().filter(e -> e.getValue() == Fate.ENDS)
                .map(e -> new Pair(k.service().name(), e.getKey()))).collect(Collectors.toSet());
    }
}
