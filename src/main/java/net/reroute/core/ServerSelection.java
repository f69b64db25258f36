package net.reroute.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.NoSuccessor.AllSetAside;
import net.reroute.core.NoSuccessor.InDoubt;
import net.reroute.core.NoSuccessor.NoneUp;
import net.reroute.core.Reason.AtHome;
import net.reroute.core.Reason.BackHome;
import net.reroute.core.Reason.FirstPlaced;
import net.reroute.core.Reason.FoundThere;
import net.reroute.core.Reason.ManualFailback;
import net.reroute.core.Reason.NoRoute;
import net.reroute.core.Reason.NotReady;
import net.reroute.core.Reason.NowhereToGo;
import net.reroute.core.Reason.Pinned;
import net.reroute.core.Reason.PinnedTo;
import net.reroute.core.Reason.PinnedToStay;
import net.reroute.core.Reason.Replaced;
import net.reroute.core.Reason.ShareFilled;
import net.reroute.core.Reason.Successor;

/** Selects servers for one service. */
final class ServerSelection {

    private final Snapshot now;
    private final Service service;
    private final List<String> current;
    private final List<String> order;

    ServerSelection(Snapshot now, Service service, List<String> current, ToDoubleFunction<String> load) {
        this.now = now;
        this.service = service;
        this.current = current;
        this.order = PreferenceOrder.of(service, now.pin(service).map(Intent::server), load);
    }

    /** Servers that carry the service and must stop doing so. */
    List<String> lost() {
        return current.stream().filter(this::isLost).toList();
    }

    private boolean isLost(String server) {
        return !service.servers().contains(server) || now.verdict(service, server).state() == State.DOWN
                || now.inMaintenance(server) || now.isSetAside(service, server);
    }

    private boolean isCandidate(String server) {
        return isFit(server) && !now.isSetAside(service, server);
    }

    /** Considers checks and maintenances, but not failed probes. */
    private boolean isFit(String server) {
        return now.verdict(service, server).candidate() && !now.inMaintenance(server);
    }

    Decision stayPinned(Intent pin) {
        List<String> to = List.of(pin.server());
        return decision(current.equals(to) ? Kind.STAY : Kind.PLANNED, to, new PinnedToStay(pin.server(), pin.by()));
    }

    /** No route is known. Only an admin's request creates one. */
    Decision firstPlace() {
        List<String> to = fill(List.of(), this::isCandidate);
        if (now.asked(service) && !to.isEmpty()) {
            return decision(Kind.PLANNED, to, new FirstPlaced(now.cause().by()));
        }
        return hold(new NoRoute(service.prefix()));
    }

    Decision replaceLost() {
        List<String> kept = current.stream().filter(s -> !isLost(s)).toList();
        List<String> to = fill(kept, this::isCandidate);
        boolean setAsideOnly = lost().stream().allMatch(s -> now.isSetAside(service, s) && isFit(s));
        if (to.isEmpty() && !setAsideOnly) {
            to = fill(kept, s -> isFit(s) && !lost().contains(s)); // a failed probe weighs less than failed checks
        }
        List<Loss> losses = lost().stream().map(this::loss).toList();
        if (to.isEmpty()) {
            return hold(new NowhereToGo(losses, noSuccessor(), current));
        }
        boolean drained = lost().stream().allMatch(
                s -> now.inMaintenance(s) && now.verdict(service, s).state() != State.DOWN);
        List<Successor> next = to.stream().filter(s -> !current.contains(s))
                .map(s -> new Successor(s, now.isSetAside(service, s))).toList();
        return decision(drained ? Kind.PLANNED : Kind.FAILOVER, to, new Replaced(losses, next, kept));
    }

    private NoSuccessor noSuccessor() {
        List<String> doubtful = service.servers().stream().filter(s -> !isLost(s) && !current.contains(s))
                .filter(s -> now.verdict(service, s).doubt()).toList();
        if (!doubtful.isEmpty()) {
            return new InDoubt(doubtful);
        }
        List<String> aside = service.servers().stream()
                .filter(s -> !current.contains(s) && now.isSetAside(service, s) && isFit(s)).toList();
        return aside.isEmpty() ? new NoneUp() : new AllSetAside(aside);
    }

    private Loss loss(String server) {
        if (!service.servers().contains(server)) {
            return new Loss.Removed(server);
        }
        Verdict verdict = now.verdict(service, server);
        if (verdict.state() == State.DOWN) {
            return new Loss.Down(server, verdict.why());
        }
        return now.intents().maintenance(server, now.times().now())
                .<Loss>map(m -> new Loss.InMaintenance(server, m.by())).orElseGet(() -> new Loss.SetAside(server));
    }

    /** No server is lost. Adds servers, or moves to the pinned server or the home. */
    Decision improve(Assignment assignment, Optional<Intent> pin) {
        List<String> grown = fill(current, this::isCandidate);
        if (grown.size() > current.size()) {
            return decision(Kind.PLANNED, grown, new ShareFilled(service.rules().share()));
        }
        List<String> preferred = service.preferred(pin.map(Intent::server));
        List<String> better = preferred.stream().filter(s -> !current.contains(s)).toList();
        if (better.isEmpty()) {
            return stay(pin.<Reason>map(p -> new Pinned(p.by())).orElseGet(AtHome::new));
        }
        if (pin.isEmpty() && !mayFailBack(assignment)) {
            return stay(assignment.origin() == Origin.FOUND ? new FoundThere() : new ManualFailback());
        }
        List<String> ready = better.stream().filter(this::isReady).toList();
        if (ready.isEmpty()) {
            return stay(new NotReady(better.stream().map(this::unready).toList()));
        }
        String first = ready.getFirst();
        return decision(Kind.PLANNED, swapIn(preferred, ready),
                pin.<Reason>map(p -> new PinnedTo(p.server(), p.by()))
                        .orElseGet(() -> new BackHome(first, upTime(first))));
    }

    private boolean mayFailBack(Assignment assignment) {
        return now.asked(service) || service.rules().autoFailback() && assignment.origin() != Origin.FOUND;
    }

    /** A move requested by an admin does not wait for the soak. */
    private boolean isReady(String server) {
        return isCandidate(server) && (now.asked(service) || soaked(server));
    }

    private boolean soaked(String server) {
        return !now.times().now().isBefore(now.fitSince(service, server).plus(service.rules().soak()));
    }

    private Duration upTime(String server) {
        Instant since = now.verdict(service, server).since();
        return Duration.between(since, now.times().now());
    }

    private Unready unready(String server) {
        if (isCandidate(server)) {
            return new Unready.Soaking(server, service.rules().soak());
        }
        Verdict verdict = now.verdict(service, server);
        return now.inMaintenance(server)
                ? new Unready.InMaintenance(server)
                : new Unready.NotUp(server, verdict.state(), verdict.doubt(), verdict.why());
    }

    /** Adds the preferred servers that are ready, and removes as many that are not preferred. */
    private List<String> swapIn(List<String> preferred, List<String> ready) {
        List<String> next = new ArrayList<>(current);
        for (String server : ready) {
            next.stream().filter(s -> !preferred.contains(s)).reduce((a, b) -> b).ifPresent(next::remove);
            next.add(server);
        }
        return inListedOrder(next);
    }

    private List<String> fill(List<String> kept, Predicate<String> able) {
        List<String> next = new ArrayList<>(kept);
        order.stream().filter(s -> !kept.contains(s) && able.test(s))
                .limit(Math.max(0, service.rules().share() - kept.size())).forEach(next::add);
        return next.size() > 1 ? inListedOrder(next) : next;
    }

    private List<String> inListedOrder(List<String> servers) {
        return service.servers().stream().filter(servers::contains).toList();
    }

    private Decision stay(Reason reason) {
        return decision(Kind.STAY, current, reason);
    }

    Decision hold(Reason reason) {
        return decision(Kind.HOLD, current, reason);
    }

    private Decision decision(Kind kind, List<String> to, Reason reason) {
        return new Decision(service, kind, current, to, reason);
    }
}
