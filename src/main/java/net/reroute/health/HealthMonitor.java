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

    /** One answer decides. */
    private static final CheckSpec.Timers ONCE = new CheckSpec.Timers(Duration.ofMinutes(1), Duration.ofMinutes(1),
            Duration.ofMinutes(1), 1, 1);

    private final Function<String, Check> checks;
    private final InstantSource clock;
    private final HealthTable table;
    private final Starvation starvation = new Starvation();
    private final Flaps flaps = new Flaps();
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
        this.endedAt = System.nanoTime(); // from here on checks are to be expected
    }

    /** @param awake called before anything is believed: it notices whether this process was stopped */
    public void watch(Runnable awake) {
        this.awake = awake;
    }

    /** Notices whether this process was stopped; then nothing from before is believed when this returns. */
    public void beAwake() {
        awake.run();
    }

    /** The inventory in force. */
    public Inventory inventory() {
        return table.inventory();
    }

    /** All that has to be checked, each once. */
    public Set<Target> targets() {
        return targets(inventory().services().values());
    }

    /** What has to be checked for some services. */
    public Set<Target> targets(Collection<Service> services) {
        return Question.targets(inventory(), services);
    }

    /** Null if the inventory has no such check any more. */
    public CheckSpec spec(Target target) {
        return inventory().checks().get(target.check());
    }

    /** Runs one check once. Returns true while it is in doubt and should run again at its fast interval. */
    public boolean check(Target target) {
        Question asked = Question.of(inventory(), target);
        Check check = checks.apply(target.check());
        if (!isAsked(target) || check == null || asked == null || !(asked.by() instanceof CheckSpec spec)) {
            return false; // not in the inventory any more
        }
        CheckResult result = check.run(asked.at(), asked.service() == null ? asked.at() : asked.service());
        endedAt = System.nanoTime();
        awake.run();
        return asked.equals(Question.of(inventory(), target))
                && (starvation.is(target, result, spec.timers()) || record(target, result, spec.timers()).inDoubt());
    }

    /** Runs a check once more, out of turn: only success counts, or asking often would be the same as failing often. */
    public CheckResult tryAgain(Target target) {
        Question asked = Question.of(inventory(), target);
        CheckResult result = checks.apply(target.check()).run(asked.at(),
                asked.service() == null ? asked.at() : asked.service());
        awake.run();
        if (result.ok() && asked.equals(Question.of(inventory(), target)) && asked.by() instanceof CheckSpec spec) {
            record(target, result, spec.timers());
        }
        return result;
    }

    /**
     * Whether a server holds a service's address was found out: one answer decides.
     *
     * @param asked when it was asked
     */
    public void held(String server, String service, boolean holds, Instant asked) {
        awake.run();
        Service of = inventory().services().get(service);
        if (Question.of(inventory(), new Target(server, Target.ADDRESS, service)) == null) {
            return; // asked for an inventory that is no more
        }
        String said = (holds ? "holds " : "does not hold ") + of.address();
        record(new Target(server, Target.ADDRESS, service),
                new CheckResult(holds, said, asked, Duration.between(asked, clock.instant())),
                ONCE);
    }

    /**
     * Nobody could be asked: nothing is proven, which must not keep a server from being UP; but where a check asks the
     * address itself, a server that does not hold it would pass the question on to one that does.
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
        steadiness(target, before, now);
        result.certificateUntil().ifPresent(until -> listener.certified(target, until));
        if (now.state() != before.state() || before.inDoubt() && !now.inDoubt()) {
            listener.changed(target, before, now);
        }
    }

    private void steadiness(Target target, Health before, Health now) {
        if (before.state() != State.UP || now.state() != State.UP) {
            flaps.clear(target);
        } else {
            flaps.note(target, now.last().ok());
        }
        if (!now.last().ok() && now.last().asked() && before.state() == State.UP && before.against() == 0) {
            flaps.due(target, now.last().at()).ifPresentOrElse(count -> listener.unsteady(target, now, count),
                    () -> listener.suspected(target, now));
        }
    }

    /** How often a server that is UP has failed of late. */
    public Flaps.Count failures(Target target) {
        return flaps.count(target);
    }

    /** The same of one of a service's checks. */
    public Flaps.Count failures(String server, String check, String service) {
        return check.equals(Target.ADDRESS)
                ? Flaps.Count.NONE
                : failures(Question.target(inventory(), server, check, inventory().services().get(service)));
    }

    /** Settled healths, as they would survive a restart. */
    public Map<Target, Settled> settled() {
        return table.settled();
    }

    /** From now on this inventory is in force. What is still asked in the same way is known as before. */
    public void adopt(Inventory next) {
        Predicate<Target> asBefore = table.adopt(next);
        endedAt = System.nanoTime(); // checks that were not there before are to be expected from here on
        starvation.keepOnly(table::isAsked);
        flaps.keepOnly(asBefore);
    }

    /** Nothing from before this moment is believed any more, as after a start: neither what was found nor what is under way. */
    public void forget() {
        table.forget();
        endedAt = System.nanoTime();
        starvation.clear();
    }

    /** Checks that have not ended once. */
    public List<Target> unchecked() {
        return targets().stream().filter(t -> health(t).last() == null).toList();
    }

    /** So long no check at all has ended, if that is longer than any of them may take. */
    public Optional<Duration> standsStill() {
        Duration age = Duration.ofNanos(System.nanoTime() - endedAt);
        Optional<Duration> longest = inventory().checks().values().stream().map(c -> c.timers().staleAfter())
                .max(Duration::compareTo);
        return longest.filter(l -> age.compareTo(l) > 0 && targets().stream().anyMatch(t -> spec(t) != null))
                .map(l -> age);
    }

    /** True if something is found out about it. */
    public boolean isAsked(Target target) {
        return table.isAsked(target);
    }

    public boolean knows(String server, String service) {
        Service of = inventory().services().get(service);
        return of != null && of.servers().contains(server);
    }

    /** What is known now, and stays so for its holder: a result that comes in meanwhile is in the next snapshot. */
    public HealthSnapshot snapshot() {
        return table.snapshot();
    }

    /** What all checks of a service say of one of its servers, and whether it holds the address. */
    public Verdict verdict(String server, String service) {
        return table.live().verdict(server, service);
    }

    /** The healths behind a verdict, by the name of the check. */
    public Map<String, Health> healths(String server, String service) {
        return table.live().healths(server, service);
    }

    public Health health(Target target) {
        return table.live().health(target);
    }

    /** Empty if nobody could be asked. */
    public Optional<Health> held(String server, String service) {
        return table.get(new Target(server, Target.ADDRESS, service));
    }
}
