package net.reroute.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.Comparison;
import net.reroute.core.Placement;
import net.reroute.core.Reading;
import net.reroute.core.Situation.Pair;
import net.reroute.core.State;
import net.reroute.core.State.At;
import net.reroute.core.State.Begun;
import net.reroute.core.Wishes;

/** What is so, as the controller asks for it, and what is known only as long as this process lives. Guarded by itself. */
final class Ledger {

    private final Recorder recorder;
    private final Function<List<String>, List<Address>> hops;
    private final Map<Pair, Instant> setAside = new HashMap<>();
    private final Map<At, Reading> readings = new HashMap<>();
    private final Map<At, Timed> timed = new HashMap<>();
    private final Map<Pair, Integer> failedProbes = new HashMap<>();

    /** @param hops of servers */
    Ledger(Recorder recorder, Function<List<String>, List<Address>> hops) {
        this.recorder = recorder;
        this.hops = hops;
    }

    private State state() {
        return recorder.state();
    }

    Wishes wishes() {
        return state().wishes();
    }

    /** @param may whether it may act, by its inventory or at all */
    boolean acts(Controller.May may) {
        return may == Controller.May.ACT || may == Controller.May.IF_TOLD && wishes().lead().isPresent();
    }

    Map<String, Placement> placements() {
        return state().placements();
    }

    Optional<Placement> placement(String service) {
        return Optional.ofNullable(state().placements().get(service));
    }

    Comparison.Memory memory(String router, String service) {
        State now = state();
        At at = new At(router, service);
        return new Comparison.Memory(now.seen().getOrDefault(at, List.of()),
                now.owned().getOrDefault(service, Set.of()), now.kept().getOrDefault(at, Map.of()),
                begun(service).map(this::hopsOf).orElse(List.of()));
    }

    private List<Address> hopsOf(Begun begun) {
        return begun.hops().isEmpty() ? hops.apply(begun.to()) : begun.hops();
    }

    /** A move whose end is not known: cut off by the end of the last process, or by a lost session. */
    Optional<Begun> begun(String service) {
        return Optional.ofNullable(state().begun().get(service));
    }

    List<Address> seen(String router, String service) {
        return state().seen().getOrDefault(new At(router, service), List.of());
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

    /** Who has taken over the next hop of each server whose next hop is taken over. */
    Map<String, String> takeovers() {
        return state().held();
    }

    Optional<String> takeover(String server) {
        return Optional.ofNullable(state().held().get(server));
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
