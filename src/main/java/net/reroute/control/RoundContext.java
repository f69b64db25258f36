package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import net.reroute.core.Comparison;
import net.reroute.core.Decision;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.FlowPlan;
import net.reroute.core.FlowRemarks.FlowsCrowded;
import net.reroute.core.FlowRemarks.FlowsEnded;
import net.reroute.core.FlowRemarks.FlowsMended;
import net.reroute.core.FlowRemarks.FlowsNotKept;
import net.reroute.core.FlowRemarks.FlowsOver;
import net.reroute.core.FlowRemarks.FlowsSetUp;
import net.reroute.core.FlowRemarks.FlowsTakenDown;
import net.reroute.core.Health;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.Reading;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Snapshot;
import net.reroute.core.Takeover;
import net.reroute.redirect.Connections.Tended;

/** Connects a round on one router with the controller's state. */
final class RoundContext implements RoundHost {

    private static final Duration LONG = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofMinutes(1);

    private final Parts parts;
    private final ControllerState state;
    private final DecisionCycle controller;
    private final String router;
    private final BooleanSupplier tells;
    private boolean mended;
    private Instant tendNotBefore = Instant.MIN;
    private final MissingRoutes missing = new MissingRoutes();

    /** @param tells true while the router reports changes of its routes at once */
    RoundContext(Parts parts, ControllerState state, DecisionCycle controller, String router, BooleanSupplier tells) {
        this.parts = parts;
        this.state = state;
        this.controller = controller;
        this.router = router;
        this.tells = tells;
    }

    /** Also records when a route has disappeared, and when it is back. */
    @Override
    public void read(Collection<Service> services, Map<String, Seen> seen) {
        for (Service service : services) {
            RouterService at = new RouterService(router, service.name());
            Seen there = seen.getOrDefault(service.name(), new Seen.Nobody());
            state.read(at, new Reading(parts.clock().instant(), there));
            if (router.equals(Takeover.LAN) || service.isList()) {
                continue;
            }
            if (!(there instanceof Seen.Nobody)) {
                missing.there(at, parts.clock().instant()).ifPresent(parts.audit()::record);
            } else if (!state.seen(router, service.name()).isEmpty()) {
                missing.notThere(at, tells.getAsBoolean(), parts.clock().instant())
                        .ifPresent(parts.audit()::record);
            }
        }
    }

    @Override
    public Comparison.Memory memory(Service service) {
        return state.memory(router, service.name());
    }

    @Override
    public Set<Decision> stillWanted(List<Decision> due, Snapshot then) {
        Map<String, List<String>> to = new HashMap<>();
        controller.decide(controller.snapshot(then.cause()))
                .forEach(d -> to.put(d.service().name(), d.to()));
        return due.stream().filter(d -> d.to().equals(to.get(d.service().name()))).collect(Collectors.toSet());
    }

    @Override
    public boolean works(Service service, String server) {
        return parts.monitor().verdict(server, service.name()).state() == Health.State.UP;
    }

    @Override
    public boolean keepsConnections() {
        return parts.audit().state().notes(Shelf.FLOWS).containsKey(router);
    }

    /** What differs from the plan that was carried out last is new; what differs from the same plan is another's doing. */
    @Override
    public void tended(FlowPlan plan, Tended done) {
        List<String> over = plan.over().stream().filter(s -> !state.flows().isOver(router, s)
                && state.flows().live().entrySet().stream().anyMatch(e -> e.getKey().service().equals(s)
                        && e.getValue() > 0))
                .sorted().toList();
        state.flows().tended(router, plan);
        over.forEach(s -> parts.audit().record(new FlowsOver(router, s)));
        if (state.flows().isNewlyCrowded(router, done.room().isCrowded())) {
            parts.audit().record(new FlowsCrowded(router, done.room().tracked(), done.room().most()));
        }
        Optional<String> before = Optional.ofNullable(parts.audit().state().notes(Shelf.FLOWS).get(router));
        if (plan.isEmpty()) {
            parts.audit().record(new NotesDropped(Shelf.FLOWS, List.of(router)));
            parts.audit().record(new FlowsTakenDown(router));
        } else if (!before.equals(Optional.of(plan.digest()))) {
            parts.audit().record(new NoteKept(Shelf.FLOWS, router, plan.digest()));
            parts.audit().record(new FlowsSetUp(router,
                    plan.services().stream().map(k -> k.service().name()).toList()));
        } else if (!done.found().isEmpty()) {
            parts.audit().record(new FlowsMended(router, done.found()));
            mended = true;
        }
        Map<String, List<String>> ended = new TreeMap<>();
        done.ended().forEach(p -> ended.computeIfAbsent(p.server(), s -> new ArrayList<>()).add(p.service()));
        ended.forEach((server, services) -> parts.audit().record(new FlowsEnded(router, server,
                services.stream().sorted().toList())));
    }

    @Override
    public boolean hasMended() {
        boolean was = mended;
        mended = false;
        return was;
    }

    @Override
    public void tendedBefore() {
        state.flows().keeps(router);
    }

    @Override
    public boolean mayTend() {
        return !parts.clock().instant().isBefore(tendNotBefore);
    }

    @Override
    public void notTended(String why, Duration took) {
        if (took.compareTo(LONG) > 0) {
            tendNotBefore = parts.clock().instant().plus(REST);
        }
        if (state.flows().notTended(router, why)) {
            parts.audit().record(new FlowsNotKept(router, why));
        }
    }

    @Override
    public void about(List<Shift> shifts) {
        Map<String, Begun> begun = new LinkedHashMap<>();
        shifts.forEach(s -> begun.put(s.service().name(), new Begun(s.to(), s.reason())));
        parts.audit().about(new MoveBegun(router, begun));
    }
}
