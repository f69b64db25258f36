package net.reroute.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.ActiveIntents;
import net.reroute.core.Address;
import net.reroute.core.Assignment;
import net.reroute.core.Comparison;
import net.reroute.core.Facts.At;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Reading;
import net.reroute.core.RecordedState;
import net.reroute.core.Snapshot.Pair;

/** What is so, as the controller asks for it, and what is known only as long as this process lives. Guarded by itself. */
final class ControllerState {

    private final AuditLog audit;
    private final Map<Pair, Instant> setAside = new HashMap<>();
    private final Map<At, Reading> readings = new HashMap<>();
    private final Map<At, Timed> timed = new HashMap<>();
    private final Map<Pair, Integer> failedProbes = new HashMap<>();

    ControllerState(AuditLog audit) {
        this.audit = audit;
    }

    private RecordedState state() {
        return audit.state();
    }

    ActiveIntents intents() {
        return state().intents();
    }

    /** @param may whether it may act, by its inventory or at all */
    boolean acts(May may) {
        return may == May.ACT || may == May.IF_TOLD && intents().lead().isPresent();
    }

    Map<String, Assignment> assignments() {
        return state().assignments();
    }

    Optional<Assignment> assignment(String service) {
        return Optional.ofNullable(state().assignments().get(service));
    }

    Comparison.Memory memory(String router, String service) {
        return new Comparison.Memory(shown(router, service), begun(service).map(Begun::to).orElse(List.of()));
    }

    /** Lines that stood there once, taken away by reroute. */
    Map<Address, String> kept(String router, String service) {
        return state().kept().getOrDefault(new At(router, service), Map.of());
    }

    /** A move whose end is not known: cut off by the end of the last process, or by a lost session. */
    Optional<Begun> begun(String service) {
        return Optional.ofNullable(state().begun().get(service));
    }

    List<String> seen(String router, String service) {
        return shown(router, service).servers();
    }

    Shown shown(String router, String service) {
        return state().seen().getOrDefault(new At(router, service), Shown.NOWHERE);
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
     * @param before where it was then
     * @param until when its timer has run out for sure
     */
    record Timed(List<String> before, Instant until) {}

    synchronized void timed(At at, Timed change) {
        timed.put(at, change);
    }

    /** True if a router shows what it had before a timed change, and its timer may be why. */
    synchronized boolean wentBack(At at, List<String> servers, Instant now) {
        Timed change = timed.get(at);
        return change != null && change.before().equals(servers) && now.isBefore(change.until());
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
