package net.reroute.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import net.reroute.check.Check;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Target;
import net.reroute.core.Verdict;

/** The health of every target. Safe for many threads; one target is checked by one thread at a time. */
public final class HealthMonitor {

    /** One result decides. */
    private static final CheckSpec.Timers ONCE = new CheckSpec.Timers(Duration.ofMinutes(1), Duration.ofMinutes(1),
            Duration.ofMinutes(1), 1, 1);

    private final Function<String, Check> checks;
    private final InstantSource clock;
    private final HealthTable table;
    private final Starvation starvation = new Starvation();
    private final Steadiness steadiness = new Steadiness();
    private volatile long endedAt = System.nanoTime();
    private volatile Runnable awake = () -> {
    };
    private volatile HealthListener listener = (target, before, now) -> {
    };

    /** @param checks by name */
    public HealthMonitor(Inventory inventory, Function<String, Check> checks, InstantSource clock,
            Map<Target, Settled> remembered) {
        this.checks = checks;
        this.clock = clock;
        this.table = new HealthTable(inventory, clock, remembered);
    }

    public void listen(HealthListener to) {
        this.listener = to;
        this.endedAt = System.nanoTime(); // checks are expected from now on
    }

    /** @param awake called before a result is used: it notices whether this process was stopped */
    public void watch(Runnable awake) {
        this.awake = awake;
    }

    /** @param others what other controllers see, from now on */
    public void compareWith(Vantages others) {
        table.compareWith(others);
    }

    /** Notices whether this process was stopped. If so, everything known before is discarded. */
    public void beAwake() {
        awake.run();
    }

    /** The inventory in force. */
    public Inventory inventory() {
        return table.inventory();
    }

    /** Everything that must be checked, each target once. */
    public Set<Target> targets() {
        return targets(inventory().checked().toList());
    }

    /** The targets of some services. */
    public Set<Target> targets(Collection<Service> services) {
        return Question.targets(inventory(), services);
    }

    /** Null if the inventory no longer has this check. */
    public CheckSpec spec(Target target) {
        return inventory().checks().get(target.check());
    }

    /** Runs a check once, and blocks meanwhile. Returns true if it should run again at its fast interval. */
    public boolean check(Target target) {
        Question asked = Question.of(inventory(), target);
        Check check = checks.apply(target.check());
        if (!isAsked(target) || check == null || asked == null || !(asked.by() instanceof CheckSpec spec)) {
            return false; // no longer in the inventory
        }
        CheckResult result = asked.ask(check);
        endedAt = System.nanoTime();
        listener.checked(target, result);
        awake.run();
        return asked.equals(Question.of(inventory(), target))
                && (starvation.is(target, result, spec.timers()) || record(target, result, spec.timers()).inDoubt());
    }

    /** Runs a check out of turn. Only a success counts: otherwise frequent retries would make it DOWN. */
    public CheckResult tryAgain(Target target) {
        Question asked = Question.of(inventory(), target);
        Check check = checks.apply(target.check());
        if (asked == null || check == null) {
            return CheckResult.notAsked("the inventory has this check no more", clock.instant());
        }
        CheckResult result = asked.ask(check);
        awake.run();
        if (result.ok() && asked.equals(Question.of(inventory(), target)) && asked.by() instanceof CheckSpec spec) {
            record(target, result, spec.timers());
        }
        return result;
    }

    /**
     * Takes in whether a server holds a service's address. One result decides.
     *
     * @param asked when the server was asked
     */
    public void held(String server, String service, boolean holds, Instant asked) {
        awake.run();
        Target target = new Target(server, Target.ADDRESS, service);
        Question question = Question.of(inventory(), target);
        if (question == null) {
            return; // the inventory has changed since
        }
        String said = (holds ? "holds " : "does not hold ") + question.service();
        record(target, new CheckResult(holds, said, asked, Duration.between(asked, clock.instant())), ONCE);
    }

    /**
     * A server could not be asked for its addresses. It may be UP nevertheless, unless a check connects to the
     * service's address: a server without that address would pass the connection on to another.
     */
    public void notAsked(String server) {
        table.unprove(server);
        Health unknown = Health.unknown(clock.instant());
        inventory().services().values().stream().filter(s -> s.servers().contains(server)).findFirst()
                .ifPresent(s -> listener.changed(new Target(server, Target.ADDRESS, s.name()), unknown, unknown));
    }

    private Health record(Target target, CheckResult result, CheckSpec.Timers timers) {
        HealthTable.Turn turn = table.take(target, result, timers);
        if (turn.now() != turn.before()) {
            tell(target, result, turn.before(), turn.now());
        }
        return turn.now();
    }

    private void tell(Target target, CheckResult result, Health before, Health now) {
        if (result.ok() && before.state() == State.DOWN && before.against() == 0) {
            listener.sighted(target);
        }
        steadiness.note(target, before, now, listener);
        result.certificateUntil().ifPresent(until -> listener.certified(target, until));
        if (now.state() != before.state() || before.inDoubt() && !now.inDoubt()) {
            listener.changed(target, before, now);
        }
    }

    /** How often one check of a service failed recently, and how often the server turned UP or DOWN by it. */
    public Steadiness.Of steadiness(String server, String check, String service) {
        return Question.target(inventory(), server, check, service).map(t -> steadiness.of(t, clock.instant()))
                .orElse(Steadiness.Of.STEADY);
    }

    /** All targets that are UP or DOWN, as they would survive a restart. */
    public Map<Target, Settled> settled() {
        return table.settled();
    }

    /** Puts an inventory in force. Targets that are checked as before keep their health. */
    public void adopt(Inventory next) {
        Predicate<Target> asBefore = table.adopt(next);
        endedAt = System.nanoTime(); // new checks are expected from now on
        starvation.keepOnly(table::isAsked);
        steadiness.keepOnly(asBefore);
    }

    /** Discards all results so far, as after a start, and those of checks that are running. */
    public void forget() {
        table.forget();
        endedAt = System.nanoTime();
        starvation.clear();
    }

    /** Targets without a result. */
    public List<Target> unchecked() {
        return targets().stream().filter(t -> health(t).last() == null).toList();
    }

    /** The time since any check last ended, if it is longer than any check may take; otherwise empty. */
    public Optional<Duration> standsStill() {
        Duration age = Duration.ofNanos(System.nanoTime() - endedAt);
        return inventory().checks().values().stream().map(c -> c.timers().staleAfter()).max(Duration::compareTo)
                .filter(l -> age.compareTo(l) > 0 && targets().stream().anyMatch(t -> spec(t) != null))
                .map(l -> age);
    }

    /** True if this target is checked. */
    public boolean isAsked(Target target) {
        return table.isAsked(target);
    }

    public boolean knows(String server, String service) {
        Service of = inventory().services().get(service);
        return of != null && of.checkedMembers().contains(server);
    }

    /** What is known now. Later results do not change it. */
    public HealthSnapshot snapshot() {
        return table.snapshot();
    }

    /** The combined result of all checks of a service for a server, including whether it holds the address. */
    public Verdict verdict(String server, String service) {
        return table.live().verdict(server, service);
    }

    /** The healths behind a verdict, by name of the check. */
    public Map<String, Health> healths(String server, String service) {
        return table.live().healths(server, service);
    }

    public Health health(Target target) {
        return table.live().health(target);
    }

    /** The health of a target of a service, as all controllers that look see it. */
    public Health agreed(Target target, Service service) {
        return table.live().agreed(target, service);
    }

    /** Whether the server holds the address; empty if it could not be asked. */
    public Optional<Health> held(String server, String service) {
        return table.get(new Target(server, Target.ADDRESS, service));
    }
}
