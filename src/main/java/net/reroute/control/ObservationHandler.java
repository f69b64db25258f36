package net.reroute.control;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Assignment;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Assignments.Adopted;
import net.reroute.core.Assignments.FoundBy;
import net.reroute.core.Assignments.Placed;
import net.reroute.core.Decision;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.RouteSeen;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Moves.Aligned;
import net.reroute.core.Outcome;
import net.reroute.core.RouteRemarks.Drifted;
import net.reroute.core.Seen;
import net.reroute.core.Service;

/** Remembers what routers show: where services are, what was found, and what differs and is left. */
final class ObservationHandler {

    private final ControllerState state;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Map<RouterService, String> drift = new ConcurrentHashMap<>();

    ObservationHandler(Parts parts, ControllerState state) {
        this.audit = parts.audit();
        this.clock = parts.clock();
        this.state = state;
    }

    /** How a router differs from the decision and why it is left so; empty if it does not differ. */
    Optional<String> drift(String router, String service) {
        return Optional.ofNullable(drift.get(new RouterService(router, service)));
    }

    /** Remembers what one router shows. Returns true if an assignment was adopted from it. */
    boolean note(Result result) {
        Service service = result.decision().service();
        RouterService at = new RouterService(result.on().router(), service.name());
        Outcome.Kind kind = result.on().kind();
        if (kind == Outcome.Kind.MOVED || kind == Outcome.Kind.ALREADY || kind == Outcome.Kind.PUT_BACK) {
            drift.remove(at);
            see(at, result.seen());
            place(result, kind);
            return false;
        }
        if (state.assignment(service.name()).map(Assignment::servers).equals(Optional.of(result.found()))) {
            drift.remove(at); // another router, or another round, saw the same
            see(at, result.seen());
            return false;
        }
        boolean adopted = !result.found().isEmpty() && adopt(result, at);
        // What a slow router showed at first contact is not drift if others have moved on since; the next cycle aligns
        // it.
        boolean firstContact = !result.found().isEmpty() && result.decision().from().isEmpty();
        if (!adopted && !firstContact && (kind == Outcome.Kind.LEFT || kind == Outcome.Kind.SHOWN)) {
            sayDrift(at, result);
        }
        return adopted;
    }

    private void see(RouterService at, Seen seen) {
        audit.record(new RouteSeen(at, new Shown(seen.servers(), seen.shown())));
    }

    private void place(Result result, Outcome.Kind kind) {
        Decision decision = result.decision();
        String service = decision.service().name();
        boolean newPlace = !state.assignment(service).map(Assignment::servers).equals(Optional.of(decision.to()));
        if (kind == Outcome.Kind.MOVED && decision.isMove() && newPlace) {
            audit.record(placed(decision));
        } else if (kind == Outcome.Kind.MOVED && !decision.isMove()) {
            audit.record(new Aligned(result.on().router(), service, decision.to()));
        } else if (kind == Outcome.Kind.ALREADY && decision.isMove() && newPlace) {
            audit.record(placed(decision));
        }
    }

    private Placed placed(Decision decision) {
        return new Placed(decision.service().name(),
                new Assignment(decision.to(), Origin.MOVED, clock.instant(), decision.reason().text()));
    }

    private void sayDrift(RouterService at, Result result) {
        String text = result.on().text();
        if (!text.equals(drift.put(at, text))) {
            audit.record(new Drifted(at, text, result.on().kind() == Outcome.Kind.SHOWN));
        }
    }

    /** Adopts what was found, unless another router is known to have the recorded assignment. */
    private boolean adopt(Result result, RouterService at) {
        Service service = result.decision().service();
        Optional<Assignment> before = state.assignment(service.name());
        boolean contradicted = before.isPresent() && service.routers().stream().filter(r -> !r.equals(at.router()))
                .anyMatch(
                        r -> Set.copyOf(state.seen(r, service.name())).equals(Set.copyOf(before.get().servers())));
        if (contradicted) {
            return false;
        }
        boolean wentBack = state.wentBack(at, result.found(), clock.instant());
        Optional<Begun> begun = state.begun(service.name()).filter(b -> b.to().equals(result.found()));
        boolean own = begun.isPresent() || result.ours();
        String how = own ? "its own mark on " : "found on ";
        String where = (wentBack ? "taken back by " : how) + at.router();
        Assignment assignment = new Assignment(result.found(), own || wentBack ? Origin.MOVED : Origin.FOUND,
                clock.instant(), begun.map(Begun::reason).orElse(where));
        boolean home = before.isEmpty() && result.found().contains(service.home());
        drift.remove(at);
        audit.record(new Adopted(at, assignment, result.seen().shown(), way(home, wentBack, begun.isPresent(), own)));
        return true;
    }

    private static FoundBy way(boolean home, boolean wentBack, boolean cutOff, boolean own) {
        if (wentBack) {
            return FoundBy.WENT_BACK;
        }
        if (home) {
            return FoundBy.HOME;
        }
        if (cutOff) {
            return FoundBy.CUT_OFF;
        }
        return own ? FoundBy.OWN_MARK : FoundBy.FOUND;
    }
}
