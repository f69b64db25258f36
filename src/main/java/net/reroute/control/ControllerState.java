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
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Reading;
import net.reroute.core.RecordedState;
import net.reroute.core.Snapshot.Pair;

/** The recorded state as the controller needs it, and what is known only while this process lives. Thread-safe. */
final class ControllerState {

    private final AuditLog audit;
    private final Map<Pair, Instant> setAside = new HashMap<>();
    private final Map<RouterService, Reading> readings = new HashMap<>();
    private final Map<RouterService, Timed> timed = new HashMap<>();
    private final Map<Pair, Integer> failedProbes = new HashMap<>();

    private final FlowState flows = new FlowState();

    ControllerState(AuditLog audit) {
        this.audit = audit;
    }

    /** What is known of connections. */
    FlowState flows() {
        return flows;
    }

    private RecordedState state() {
        return audit.state();
    }

    ActiveIntents intents() {
        return state().intents();
    }

    /** @param may what the inventory and the process allow */
    boolean acts(May may) {
        return may == May.ACT || may == May.IF_TOLD && intents().lead().isPresent();
    }

    Optional<Assignment> assignment(String service) {
        return Optional.ofNullable(state().assignments().get(service));
    }

    Comparison.Memory memory(String router, String service) {
        return new Comparison.Memory(shown(router, service), begun(service).map(Begun::to).orElse(List.of()));
    }

    /** Configuration lines that reroute removed there, by next hop. */
    Map<Address, String> kept(String router, String service) {
        return state().kept().getOrDefault(new RouterService(router, service), Map.of());
    }

    /** A move that may not have ended: it was cut off by the end of the last process, or by a lost session. */
    Optional<Begun> begun(String service) {
        return Optional.ofNullable(state().begun().get(service));
    }

    List<String> seen(String router, String service) {
        return shown(router, service).servers();
    }

    Shown shown(String router, String service) {
        return state().seen().getOrDefault(new RouterService(router, service), Shown.NOWHERE);
    }

    /** Remembers what a router's table holds. */
    synchronized void read(RouterService at, Reading reading) {
        readings.put(at, reading);
    }

    /** Empty if the router has not been read since this controller began. */
    synchronized Optional<Reading> reading(String router, String service) {
        return Optional.ofNullable(readings.get(new RouterService(router, service)));
    }

    /**
     * A change that the router reverts unless it is told to keep it.
     *
     * @param before the servers before the change
     * @param until when the router's timer has certainly run out
     */
    record Timed(List<String> before, Instant until) {}

    synchronized void timed(RouterService at, Timed change) {
        timed.put(at, change);
    }

    /** True if the router shows what it had before a timed change, and its timer may be the cause. */
    synchronized boolean wentBack(RouterService at, List<String> servers, Instant now) {
        Timed change = timed.get(at);
        return change != null && change.before().equals(servers) && now.isBefore(change.until());
    }

    /** The servers that have taken over a next hop, by the next hop's own server. */
    Map<String, String> takeovers() {
        return state().held();
    }

    Optional<String> takeover(String server) {
        return Optional.ofNullable(state().held().get(server));
    }

    synchronized Map<Pair, Instant> setAside() {
        return Map.copyOf(setAside);
    }

    /**
     * Sets aside a server whose probe failed, longer each time: from 30 s to about half an hour. Returns the end of
     * that time.
     */
    synchronized Instant setAside(Pair pair, Instant now) {
        int times = failedProbes.merge(pair, 1, Integer::sum);
        Instant until = now.plusSeconds(30L << Math.min(6, times - 1));
        setAside.put(pair, until);
        return until;
    }

    /** Sets a server aside briefly: longer each time, but 30 s at most. */
    synchronized void passOver(Pair pair, Instant now) {
        int times = failedProbes.merge(pair, 1, Integer::sum);
        setAside.put(pair, now.plusSeconds(Math.min(30, 5L << Math.min(6, times - 1))));
    }

    /** Ends setting aside for all servers of a service: a failure at every server says nothing about any of them. */
    synchronized void absolve(String service) {
        failedProbes.keySet().removeIf(p -> p.service().equals(service));
        setAside.keySet().removeIf(p -> p.service().equals(service));
    }

    synchronized void probed(Pair pair) {
        failedProbes.remove(pair);
        setAside.remove(pair);
    }
}
