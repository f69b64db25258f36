package net.reroute.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Address;
import net.reroute.core.Decision;
import net.reroute.core.Facts.NextHopHeld;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.NextHopRemarks.NextHopReleased;
import net.reroute.core.NextHopRemarks.NextHopTaken;
import net.reroute.core.NextHopRemarks.NotReleased;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.health.HealthMonitor;
import net.reroute.redirect.arp.HeldAddress;
import net.reroute.redirect.arp.TakeoverRequest;
import net.reroute.redirect.arp.TakeoverResult;

/**
 * Takes over a dead server's next hop while a router forwards but takes no commands. The server that should carry the
 * services gets it, until the router points elsewhere.
 */
final class Fallback implements ArpController.Besides {

    private final Inventory inventory;
    private final HealthMonitor monitor;
    private final ControllerState state;
    private final AuditLog audit;
    private final ArpController arp;
    private final Map<String, String> notReleased = new HashMap<>();
    private final ReentrantLock acting = new ReentrantLock();

    Fallback(Parts parts, ControllerState state, ArpController arp) {
        this.inventory = parts.inventory();
        this.monitor = parts.monitor();
        this.state = state;
        this.audit = parts.audit();
        this.arp = arp;
    }

    /** True if a router did not answer and may point at a server that it should not. */
    static boolean concerns(Result result) {
        return result.on().kind() == Outcome.Kind.UNREACHABLE && result.decision().service().fallsBack()
                && !result.decision().to().isEmpty();
    }

    /**
     * Takes over or gives back the next hops that silent routers point at.
     *
     * @param show true: only report what would be done
     * @return the results, amended by what was done
     */
    List<Result> act(List<Result> silent, boolean show) {
        acting.lock();
        try {
            Map<String, List<Result>> byServer = new LinkedHashMap<>();
            silent.forEach(r -> pointedAt(r).forEach(s -> byServer.computeIfAbsent(s, n -> new ArrayList<>()).add(r)));
            Map<Result, Result> amended = new HashMap<>();
            byServer.forEach((server, results) -> amended.putAll(act(server, results, show)));
            return silent.stream().map(r -> amended.getOrDefault(r, r)).toList();
        } finally {
            acting.unlock();
        }
    }

    /** The servers that the router was last seen to point at. */
    private List<String> pointedAt(Result result) {
        Service service = result.decision().service();
        List<String> seen = state.seen(result.on().router(), service.name());
        return service.servers().stream().filter(seen::contains).toList();
    }

    private Map<Result, Result> act(String server, List<Result> results, boolean show) {
        Optional<String> at = state.takeover(server).filter(a -> shared(server, a).isPresent());
        if (results.stream().anyMatch(r -> r.decision().to().contains(server))) {
            return at.isPresent() && !show && giveBack(server, at.get())
                    ? told(results,
                            "next hop " + arp.nextHop(server) + " given back to " + server + ", where it points")
                    : Map.of();
        }
        boolean dead = results.stream().anyMatch(
                r -> monitor.verdict(server, r.decision().service().name()).state() != State.UP);
        if (!dead && at.isEmpty()) {
            return Map.of(); // the server works, so the move waits for the router
        }
        String to = most(results);
        String text = "next hop " + arp.nextHop(server) + " of " + server + " taken over by " + to;
        if (at.equals(Optional.of(to))) {
            return told(results, text);
        }
        Service service = results.getFirst().decision().service();
        TakeoverRequest taking = arp.taking(service, arp.nextHop(server), at.orElse(server), to, false);
        if (show) {
            List<String> lines = arp.segment().mover().lines(taking);
            return as(results,
                    r -> r.as(Outcome.Kind.SHOWN, "does not answer; would type: " + String.join("; ", lines)));
        }
        TakeoverResult taken = take(taking, Optional.of(to));
        if (!taken.there()) {
            return noted(results, "and its next hop was not taken over: " + taken.complaint());
        }
        audit.record(new NextHopTaken(server, arp.nextHop(server), to, results.getFirst().on().router(),
                taken.remarks()));
        return told(results, text);
    }

    /** The server that most of the services should move to. */
    private static String most(List<Result> results) {
        Map<String, Long> votes = results.stream().collect(Collectors.groupingBy(r -> r.decision().to().getFirst(),
                LinkedHashMap::new, Collectors.counting()));
        return votes.entrySet().stream().max(Comparator.comparingLong(Map.Entry::getValue)).orElseThrow().getKey();
    }

    /** Reports a takeover as a move. The router itself still shows what it showed before. */
    private Map<Result, Result> told(List<Result> results, String text) {
        Map<Result, Result> amended = new HashMap<>();
        for (Result result : results) {
            Decision decision = result.decision();
            OnRouter on = new OnRouter(result.on().router(),
                    decision.isMove() ? Outcome.Kind.MOVED : Outcome.Kind.ALREADY,
                    "does not answer; " + text, List.of());
            amended.put(result, Result.of(decision, on,
                    new Seen.At(state.seen(on.router(), decision.service().name()),
                            state.shown(on.router(), decision.service().name()).shown(), false),
                    result.phases()));
        }
        return amended;
    }

    private static Map<Result, Result> noted(List<Result> results, String text) {
        return as(results, r -> r.as(r.on().kind(), r.on().text() + ", " + text));
    }

    private static Map<Result, Result> as(List<Result> results, UnaryOperator<Result> amend) {
        Map<Result, Result> amended = new HashMap<>();
        results.forEach(r -> amended.put(r, amend.apply(r)));
        return amended;
    }

    /** Gives back next hops that no router points at; forgets those that no service allows any more. */
    void review() {
        acting.lock();
        try {
            Map.copyOf(state.takeovers()).forEach((server, at) -> {
                if (shared(server, at).isEmpty()) {
                    remember(server, Optional.empty());
                    audit.record(new NotReleased(server,
                            "the inventory has no service any more with fallback: arp at " + server + " and " + at
                                    + "; look whether " + at + " still has the next hop of " + server));
                } else if (!isPointedAt(server)) {
                    giveBack(server, at);
                }
            });
        } finally {
            acting.unlock();
        }
    }

    private boolean isPointedAt(String server) {
        return inventory.services().values().stream().filter(s -> s.servers().contains(server))
                .anyMatch(s -> s.routers().stream().anyMatch(r -> state.seen(r, s.name()).contains(server)));
    }

    /** Restores the next hop at its own server first, so that one server always has it unless that is dead. */
    private boolean giveBack(String server, String at) {
        Service service = shared(server, at).orElseThrow();
        TakeoverRequest taking = arp.taking(service, arp.nextHop(server), at, server, true);
        TakeoverResult taken = take(taking, Optional.empty());
        if (!taken.there()) {
            boolean alive = monitor.verdict(server, service.name()).state() == State.UP && isPointedAt(server);
            // Stop guarding: otherwise the announcement for its own server would be answered as a foreign claim.
            remember(server, Optional.empty());
            arp.keep();
            // Its own server still has it unless reroute removed it; then only a login can restore it.
            boolean lacks = taking.kept().get(server) != null;
            boolean has = !lacks && arp.segment().guard().pointBack(taking);
            if (alive && !has || lacks) {
                remember(server, Optional.of(at));
                arp.keep();
                if (!taken.complaint().equals(notReleased.put(server, taken.complaint()))) {
                    audit.record(new NotReleased(server, taken.complaint()));
                }
                return false; // better at the wrong server than at none
            }
            taken = arp.segment().mover().drop(taking);
            arp.segment().guard().pointBack(taking);
        }
        audit.record(new NextHopReleased(server, arp.nextHop(server), at, taken.remarks()));
        return true;
    }

    /** A service that allows {@code at} to hold the next hop of {@code server}. */
    private Optional<Service> shared(String server, String at) {
        return inventory.services().values().stream()
                .filter(s -> s.fallsBack() && s.servers().containsAll(Set.of(server, at))).findFirst();
    }

    /** @param at the server that takes over; empty if it is the next hop's own server */
    private TakeoverResult take(TakeoverRequest taking, Optional<String> at) {
        String server = inventory.servers().values().stream().filter(s -> s.nextHop().equals(taking.address()))
                .findFirst()
                .orElseThrow().name();
        return arp.segment().mover().take(List.of(taking), up -> {
            remember(server, at);
            arp.keep();
            arp.segment().guard().burst(up);
        }).get(taking);
    }

    private void remember(String server, Optional<String> at) {
        audit.record(new NextHopHeld(server, at));
    }

    /** Forgets a takeover whose address somebody else removed. It is taken over again if still needed. */
    @Override
    public void lost(Address address) {
        state.takeovers().keySet().stream().filter(inventory.servers()::containsKey)
                .filter(s -> arp.nextHop(s).equals(address))
                .forEach(s -> remember(s, Optional.empty()));
    }

    /** The next hops that are taken over now. */
    @Override
    public List<HeldAddress> held() {
        List<HeldAddress> held = new ArrayList<>();
        state.takeovers().forEach((server, at) -> shared(server, at)
                .ifPresent(
                        s -> held.add(new HeldAddress(arp.taking(s, arp.nextHop(server), server, at, false), true))));
        return held;
    }
}
