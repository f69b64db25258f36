package net.reroute.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.Service.Choose;

/**
 * Selects the services that a name in DNS lists, the backends that a switch uses, or the servers of a virtual server. None is ever left with
 * nothing. It loses one at once and gets one slowly: it works without, and one that flaps would keep it changing.
 */
final class ListSelection {

    /** Loads wander; a difference below this is no reason to change a name. */
    private static final double MUCH_LESS = 0.75;

    private final Snapshot now;
    private final Service name;
    private final List<String> current;
    private final List<String> order;

    ListSelection(Snapshot now, Service name, List<String> current) {
        this.now = now;
        this.name = name;
        this.current = current;
        this.order = PreferenceOrder.of(name, now.pin(name).map(Intent::server).filter(name.servers()::contains),
                s -> now.verdict(name, s).load().orElse(Double.MAX_VALUE));
    }

    /**
     * The decision.
     *
     * @param assignment what is listed; empty if nothing is known to be
     * @param notYet the reason why it is too early to take anything off the list
     */
    Decision decide(Optional<Assignment> assignment, Optional<Reason> notYet) {
        // A reload may have removed what a pin names.
        Optional<Intent> pin = now.pin(name).filter(p -> name.servers().contains(p.server()));
        if (pin.isPresent() && pin.get().stay()) {
            List<String> to = List.of(pin.get().server());
            return decision(current.equals(to) ? Kind.STAY : Kind.PLANNED, to,
                    new Reason.PinnedToStay(pin.get().server(), pin.get().by()));
        }
        if (assignment.isEmpty()) {
            return first();
        }
        List<String> lost = current.stream().filter(this::isLost).toList();
        if (lost.isEmpty()) {
            return improve(assignment.get(), pin);
        }
        return notYet.map(why -> decision(Kind.HOLD, current, why)).orElseGet(() -> without(lost));
    }

    private Decision first() {
        List<String> to = filled(List.of(), this::isCandidate);
        return now.asked(name) && !to.isEmpty()
                ? decision(Kind.PLANNED, to, new Reason.FirstPlaced(now.cause().by()))
                : decision(Kind.HOLD, current, new Reason.NoneSeen(name.name(), name.carrier()));
    }

    private boolean isLost(String service) {
        return !name.servers().contains(service) || now.verdict(name, service).state() == State.DOWN
                || now.maintenance(name, service).isPresent();
    }

    private boolean isCandidate(String service) {
        return now.verdict(name, service).candidate() && now.maintenance(name, service).isEmpty();
    }

    private boolean isReady(String service) {
        boolean soaked = !now.times().now().isBefore(now.fitSince(name, service).plus(name.rules().soak()));
        return isCandidate(service) && (now.asked(name) || soaked);
    }

    private Decision without(List<String> lost) {
        List<Loss> losses = lost.stream().map(this::loss).toList();
        List<String> kept = current.stream().filter(s -> !lost.contains(s)).toList();
        List<String> to = filled(kept, this::isCandidate);
        if (!to.isEmpty()) {
            List<Reason.Successor> next = to.stream().filter(s -> !kept.contains(s))
                    .map(s -> new Reason.Successor(s, false)).toList();
            boolean drained = lost.stream().allMatch(s -> now.isDrained(name, s));
            return decision(drained ? Kind.PLANNED : Kind.FAILOVER, to, new Reason.Replaced(losses, next, kept));
        }
        boolean all = current.containsAll(name.servers());
        return decision(all ? Kind.HOLD : Kind.FAILOVER, all ? current : name.servers(),
                new Reason.AllListed(losses, name.announced().isPresent()));
    }

    private Loss loss(String service) {
        if (!name.servers().contains(service)) {
            return new Loss.Removed(service);
        }
        return now.maintenance(name, service).<Loss>map(m -> new Loss.InMaintenance(service, m.by()))
                .orElseGet(() -> new Loss.Down(service, now.verdict(name, service).why()));
    }

    // ---- nothing is lost -----------------------------------------------------------------------------------------

    private Decision improve(Assignment assignment, Optional<Intent> pin) {
        if (pin.isEmpty() && !mayChange(assignment)) {
            return decision(Kind.STAY, current, settled(assignment));
        }
        if (current.size() > name.rules().share()) {
            return decision(Kind.PLANNED, filled(List.of(), current::contains),
                    new Reason.ShareKept(name.rules().share()));
        }
        List<String> more = filled(current, this::isReady);
        if (more.size() > current.size()) {
            List<String> joined = more.stream().filter(s -> !current.contains(s)).toList();
            return decision(Kind.PLANNED, more, new Reason.Joined(joined));
        }
        List<String> better = pin.isPresent() || name.rules().choose() != Choose.LOAD
                ? preferred()
                : lessBusy(assignment);
        boolean same = Set.copyOf(better).equals(Set.copyOf(current)); // the inventory may have changed the order
        return decision(same ? Kind.STAY : Kind.PLANNED, same ? current : better,
                same ? settled(pin) : reason(better, pin));
    }

    private boolean mayChange(Assignment assignment) {
        // By load every whole list is at home, also one that was found: nobody has put it there against the rules.
        boolean home = name.rules().choose() == Choose.LOAD && current.size() == name.rules().share();
        return now.asked(name) || name.rules().autoFailback() && (assignment.origin() != Origin.FOUND || home);
    }

    private Reason settled(Assignment assignment) {
        boolean whole = current.size() == name.rules().share();
        if (whole) {
            return new Reason.AtHome();
        }
        return assignment.origin() == Origin.FOUND ? new Reason.FoundThere() : new Reason.ManualFailback();
    }

    /** What is listed is as it should be, or waits for services that are not ready. */
    private Reason settled(Optional<Intent> pin) {
        if (pin.isPresent()) {
            return new Reason.Pinned(pin.get().by());
        }
        List<Unready> missing = name.servers().stream().filter(s -> !current.contains(s)).map(this::unready).toList();
        return current.size() == name.rules().share() || missing.isEmpty()
                ? new Reason.AtHome()
                : new Reason.NotReady(missing);
    }

    private Unready unready(String service) {
        Verdict verdict = now.verdict(name, service);
        return isCandidate(service)
                ? new Unready.Soaking(service, name.rules().soak())
                : new Unready.NotUp(service, verdict.state(), verdict.doubt(), verdict.why());
    }

    /** The first in order that are ready take the places of the last. */
    private List<String> preferred() {
        List<String> best = order.stream().filter(s -> isReady(s) || current.contains(s))
                .limit(name.rules().share()).toList();
        return best.size() < current.size() ? current : inListedOrder(best);
    }

    /** Keeps what is listed for a ttl, unless another service is much less busy. */
    private List<String> lessBusy(Assignment assignment) {
        Duration ttl = name.dnsName().map(n -> n.lives().whole()).orElse(Duration.ZERO);
        boolean early = now.times().now().isBefore(assignment.since().plus(ttl));
        List<String> best = order.stream().filter(this::isReady).limit(name.rules().share()).toList();
        return early || best.size() < current.size() || !isMuchBetter(best) ? current : inListedOrder(best);
    }

    private boolean isMuchBetter(List<String> best) {
        OptionalDouble idlest = best.stream().filter(s -> !current.contains(s)).flatMapToDouble(this::load).min();
        OptionalDouble busiest = current.stream().filter(s -> !best.contains(s)).flatMapToDouble(this::load).max();
        return idlest.isPresent() && busiest.isPresent()
                && idlest.getAsDouble() < busiest.getAsDouble() * MUCH_LESS;
    }

    private DoubleStream load(String service) {
        return now.verdict(name, service).load().stream();
    }

    private Reason reason(List<String> better, Optional<Intent> pin) {
        String first = better.stream().filter(s -> !current.contains(s)).findFirst().orElse(better.getFirst());
        if (pin.isPresent()) {
            return new Reason.PinnedTo(pin.get().server(), pin.get().by());
        }
        Verdict verdict = now.verdict(name, first);
        return name.rules().choose() == Choose.LOAD
                ? new Reason.LessBusy(first, verdict.load().orElse(0))
                : new Reason.BackHome(first, Duration.between(verdict.since(), now.times().now()));
    }

    private List<String> filled(List<String> kept, Predicate<String> able) {
        List<String> next = new ArrayList<>(kept);
        order.stream().filter(s -> !kept.contains(s) && able.test(s))
                .limit(Math.max(0, name.rules().share() - kept.size())).forEach(next::add);
        return inListedOrder(next);
    }

    private List<String> inListedOrder(List<String> services) {
        return name.servers().stream().filter(services::contains).toList();
    }

    private Decision decision(Kind kind, List<String> to, Reason reason) {
        return new Decision(name, kind, current, to, reason);
    }
}
