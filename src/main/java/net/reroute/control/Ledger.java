package net.reroute.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.Comparison;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Placement;
import net.reroute.core.Reading;
import net.reroute.core.Remembered;
import net.reroute.core.Remembered.At;
import net.reroute.core.Remembered.Begun;
import net.reroute.core.Remembered.Leg;
import net.reroute.core.Situation.Pair;
import net.reroute.core.Wish;
import net.reroute.core.Wishes;

/** What is remembered while running; the journal holds the same for the next start. Guarded by itself. */
final class Ledger {

    private Wishes wishes;
    private final Map<String, Placement> placements;
    private final Map<At, List<Address>> seen;
    private final Map<String, Set<Address>> ours;
    private final Map<String, Begun> begun;
    private final Map<At, Map<Address, String>> kept;
    private final Map<String, String> takeovers;
    private final Map<Leg, HardwareAddress> hardware;
    private final Map<String, List<Address>> begunHops = new HashMap<>();
    private final Map<Pair, Instant> setAside = new HashMap<>();
    private final Map<At, Reading> readings = new HashMap<>();
    private final Map<At, Timed> timed = new HashMap<>();
    private final Map<Pair, Integer> failedProbes = new HashMap<>();

    /** @param hops of servers */
    Ledger(Remembered from, Function<List<String>, List<Address>> hops) {
        this.wishes = from.wishes();
        this.placements = new HashMap<>(from.placements());
        this.seen = new HashMap<>(from.seen());
        this.ours = new HashMap<>(from.ours());
        this.begun = new HashMap<>(from.begun());
        begun.forEach((service, b) -> begunHops.put(service, hops.apply(b.to())));
        this.kept = new HashMap<>(from.kept());
        this.takeovers = new HashMap<>(from.takeovers());
        this.hardware = new HashMap<>(from.hardware());
    }

    synchronized Wishes wishes() {
        return wishes;
    }

    /** @param may whether it may act, by its inventory or at all */
    synchronized boolean acts(Controller.May may) {
        return may == Controller.May.ACT || may == Controller.May.IF_TOLD && wishes.lead().isPresent();
    }

    synchronized void wish(Wish wish) {
        wishes = wishes.with(wish);
    }

    /** It has ended by itself. */
    synchronized void over(Wish wish, Instant now) {
        wishes = wishes.over(wish, now);
    }

    synchronized void withdraw(Wish.Id id) {
        wishes = wishes.without(id);
    }

    synchronized Map<String, Placement> placements() {
        return Map.copyOf(placements);
    }

    synchronized Optional<Placement> placement(String service) {
        return Optional.ofNullable(placements.get(service));
    }

    synchronized void place(String service, Placement placement) {
        placements.put(service, placement);
    }

    synchronized Comparison.Memory memory(String router, String service) {
        return new Comparison.Memory(seen.getOrDefault(new At(router, service), List.of()),
                Set.copyOf(ours.getOrDefault(service, Set.of())),
                Map.copyOf(kept.getOrDefault(new At(router, service), Map.of())),
                begunHops.getOrDefault(service, List.of()));
    }

    /** Returns true if that is news. */
    synchronized boolean see(String router, String service, List<Address> hops) {
        return !hops.equals(seen.put(new At(router, service), hops));
    }

    synchronized List<Address> seen(String router, String service) {
        return seen.getOrDefault(new At(router, service), List.of());
    }

    /** What a router's table holds, as of now. */
    synchronized void read(At at, Reading reading) {
        readings.put(at, reading);
    }

    /** Empty if a router has not been read since this controller began. */
    synchronized Optional<Reading> reading(String router, String service) {
        return Optional.ofNullable(readings.get(new At(router, service)));
    }

    /**
     * A change that the router takes back by itself unless it was told to keep it.
     *
     * @param before next hops then
     * @param until when its timer has run out for sure
     */
    record Timed(List<Address> before, Instant until) {}

    synchronized void timed(At at, Timed change) {
        timed.put(at, change);
    }

    /** True if a router shows what it had before a timed change, and its timer may be why. */
    synchronized boolean wentBack(At at, List<Address> hops, Instant now) {
        Timed change = timed.get(at);
        return change != null && change.before().equals(hops) && now.isBefore(change.until());
    }

    /** Lines that were taken out of a router's configuration, to be written again as they were. */
    synchronized void keep(At at, Map<Address, String> lines) {
        kept.computeIfAbsent(at, a -> new HashMap<>()).putAll(lines);
    }

    /** Who has taken over the next hop of each server whose next hop is taken over. */
    synchronized Map<String, String> takeovers() {
        return Map.copyOf(takeovers);
    }

    synchronized Optional<String> takeover(String server) {
        return Optional.ofNullable(takeovers.get(server));
    }

    /** @param at empty if its next hop is its own again */
    synchronized void takeover(String server, Optional<String> at) {
        at.ifPresentOrElse(a -> takeovers.put(server, a), () -> takeovers.remove(server));
    }

    synchronized Map<Leg, HardwareAddress> hardware() {
        return Map.copyOf(hardware);
    }

    synchronized void hardware(Leg leg, HardwareAddress address) {
        hardware.put(leg, address);
    }

    synchronized void own(String service, List<Address> hops) {
        ours.computeIfAbsent(service, s -> new HashSet<>()).addAll(hops);
    }

    /** A move whose end is not known: cut off by the end of the last process, or by a lost session. Asked once. */
    synchronized Optional<Begun> takeBegun(String service) {
        begunHops.remove(service);
        return Optional.ofNullable(begun.remove(service));
    }

    /** What is about to be typed. */
    synchronized void begin(String service, Begun move, List<Address> hops) {
        begun.put(service, move);
        begunHops.put(service, hops);
    }

    synchronized Map<Pair, Instant> setAside() {
        return Map.copyOf(setAside);
    }

    /** A server whose probe failed is not tried again for a while, which grows each time. Returns until when. */
    synchronized Instant setAside(Pair pair, Instant now) {
        int times = failedProbes.merge(pair, 1, Integer::sum);
        Instant until = now.plusSeconds(30L << Math.min(6, times - 1));
        setAside.put(pair, until);
        return until;
    }

    /** Longer each time, but never for long. */
    synchronized void passOver(Pair pair, Instant now) {
        int times = failedProbes.merge(pair, 1, Integer::sum);
        setAside.put(pair, now.plusSeconds(Math.min(30, 5L << Math.min(6, times - 1))));
    }

    /** Nothing is held against any server of a service: what spoke against them speaks against all. */
    synchronized void absolve(String service) {
        failedProbes.keySet().removeIf(p -> p.service().equals(service));
        setAside.keySet().removeIf(p -> p.service().equals(service));
    }

    synchronized void probed(Pair pair) {
        failedProbes.remove(pair);
        setAside.remove(pair);
    }
}
