package net.reroute.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.Placement.Origin;
import net.reroute.core.Wish;

/** The choice of servers for one service. */
final class Choice {

    private final Situation now;
    private final Service service;
    private final List<String> current;
    private final List<String> order;

    Choice(Situation now, Service service, List<String> current, ToIntFunction<String> load) {
        this.now = now;
        this.service = service;
        this.current = current;
        this.order = Planner.order(service, now.pin(service).map(Wish::server), load);
    }

    /** Servers that carry the service and must not any longer. */
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

    /** By its checks, and by what admins wish. */
    private boolean isFit(String server) {
        return now.verdict(service, server).candidate() && !now.inMaintenance(server);
    }

    Decision stayPinned(Wish pin) {
        List<String> to = List.of(pin.server());
        return current.equals(to)
                ? decision(Kind.STAY, to, "pinned to stay at " + pin.server() + " " + pin.by())
                : decision(Kind.PLANNED, to, "pinned to stay at " + pin.server() + " " + pin.by());
    }

    /** No route is known: one is made only by hand. */
    Decision firstPlace() {
        List<String> to = fill(List.of(), this::isCandidate);
        if (now.asked(service) && !to.isEmpty()) {
            return decision(Kind.PLANNED, to, "first placed " + now.cause().by().map(By::toString).orElse("by hand"));
        }
        return hold("no route for " + service.prefix() + " has been seen");
    }

    Decision replaceLost() {
        List<String> kept = current.stream().filter(s -> !isLost(s)).toList();
        List<String> to = fill(kept, this::isCandidate);
        boolean setAsideOnly = lost().stream().allMatch(s -> now.isSetAside(service, s) && isFit(s));
        if (to.isEmpty() && !setAsideOnly) {
            to = fill(kept, s -> isFit(s) && !lost().contains(s)); // a failed probe weighs less than failed checks
        }
        String gone = lost().stream().map(this::whyLost).collect(Collectors.joining(", "));
        if (to.isEmpty()) {
            return hold(gone + "; " + nobody() + ", left at " + String.join("+", current));
        }
        boolean drained = lost().stream().allMatch(
                s -> now.inMaintenance(s) && now.verdict(service, s).state() != State.DOWN);
        String next = to.stream().filter(s -> !current.contains(s)).map(this::named).collect(Collectors.joining("+"));
        return decision(drained ? Kind.PLANNED : Kind.FAILOVER, to,
                gone + "; " + (next.isEmpty() ? String.join("+", kept) + " carries on" : next + " is next"));
    }

    private String named(String server) {
        return server + (now.isSetAside(service, server) ? " (set aside, and all there is)" : "");
    }

    private String nobody() {
        List<String> doubtful = service.servers().stream().filter(s -> !isLost(s) && !current.contains(s))
                .filter(s -> now.verdict(service, s).doubt()).toList();
        List<String> aside = service.servers().stream()
                .filter(s -> !current.contains(s) && now.isSetAside(service, s) && isFit(s)).toList();
        if (doubtful.isEmpty() && !aside.isEmpty()) {
            return String.join(", ", aside) + (aside.size() == 1 ? " is" : " are")
                    + " UP and set aside after a failed probe through the router";
        }
        return doubtful.isEmpty()
                ? "no other server is UP"
                : String.join(" and ", doubtful) + " in doubt, waiting for the verdict";
    }

    private String whyLost(String server) {
        if (!service.servers().contains(server)) {
            return server + " no longer carries it";
        }
        Verdict verdict = now.verdict(service, server);
        if (verdict.state() == State.DOWN) {
            return server + " is DOWN (" + verdict.why() + ")";
        }
        return now.wishes().maintenance(server, now.times().now())
                .map(m -> server + " is in maintenance " + m.by())
                .orElse(server + " was set aside, its probe through the router failed");
    }

    /** Nothing is lost: more servers, the pinned one, or the home? */
    Decision improve(Placement placement, Optional<Wish> pin) {
        List<String> grown = fill(current, this::isCandidate);
        if (grown.size() > current.size()) {
            return decision(Kind.PLANNED, grown, "share of " + service.rules().share() + " is filled up");
        }
        List<String> preferred = preferred(pin);
        List<String> better = preferred.stream().filter(s -> !current.contains(s)).toList();
        if (better.isEmpty()) {
            return stay(pin.map(p -> "pinned " + p.by()).orElse("at home"));
        }
        if (pin.isEmpty() && !mayFailBack(placement)) {
            return stay(placement.origin() == Origin.FOUND
                    ? "found there and kept until released"
                    : "failback is manual");
        }
        List<String> ready = better.stream().filter(this::isReady).toList();
        if (ready.isEmpty()) {
            return stay(better.stream().map(this::whyNotReady).collect(Collectors.joining(", ")));
        }
        return decision(Kind.PLANNED, swapIn(preferred, ready),
                pin.map(p -> "pinned to " + p.server() + " " + p.by()).orElse("back home: " + upFor(ready.getFirst())));
    }

    private boolean mayFailBack(Placement placement) {
        return now.asked(service) || service.rules().autoFailback() && placement.origin() != Origin.FOUND;
    }

    private List<String> preferred(Optional<Wish> pin) {
        Set<String> set = new LinkedHashSet<>(pin.map(Wish::server).stream().toList());
        service.servers().stream().filter(s -> set.size() < service.rules().share()).forEach(set::add);
        return set.stream().limit(service.rules().share()).toList();
    }

    /** By hand nobody waits for the soak. */
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

    private String upFor(String server) {
        return server + " is UP for " + Durations.text(upTime(server));
    }

    private String whyNotReady(String server) {
        Verdict verdict = now.verdict(service, server);
        if (isCandidate(server)) {
            return server + " returns after a soak of " + Durations.text(service.rules().soak());
        }
        return now.inMaintenance(server)
                ? server + " is in maintenance"
                : server + " is " + (verdict.doubt() ? "in doubt" : verdict.state())
                        + (verdict.why().isEmpty() ? "" : " (" + verdict.why() + ")");
    }

    /** The preferred servers that are ready come in, and push out those that are not preferred. */
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

    private Decision stay(String reason) {
        return decision(Kind.STAY, current, reason);
    }

    Decision hold(String reason) {
        return decision(Kind.HOLD, current, reason);
    }

    private Decision decision(Kind kind, List<String> to, String reason) {
        return new Decision(service, kind, current, to, reason);
    }
}
