package net.reroute.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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

    /** Told of every change of a state, and of the end of every doubt. */
    public interface Listener {
        void changed(Target target, Health before, Health now);

        /** A server that was DOWN has answered once; what that proves is another matter. */
        default void sighted(Target target) {}

        /** The first failure of a server that was UP. */
        default void suspected(Target target, Health now) {}

        /** In its place where such a server fails again and again; seldom told. */
        default void unsteady(Target target, Health now, Flaps.Count count) {}

        /** A certificate was shown that will expire. */
        default void certified(Target target, Instant until) {}
    }

    private final Function<String, Check> checks;
    private final InstantSource clock;
    private final Map<Target, Health> healths = new ConcurrentHashMap<>();
    private final Starvation starvation = new Starvation();
    private final Flaps flaps = new Flaps();
    private volatile Inventory inventory;
    private volatile Map<Target, Settled> remembered;
    private volatile Instant believedSince = Instant.MIN;
    private volatile long endedAt = System.nanoTime();
    private volatile Runnable awake = () -> {
    };
    private volatile Listener listener = (target, before, now) -> {
    };

    /** @param checks by name */
    public HealthMonitor(Inventory inventory, Function<String, Check> checks, InstantSource clock,
            Map<Target, Settled> remembered) {
        this.inventory = inventory;
        this.checks = checks;
        this.clock = clock;
        this.remembered = remembered;
        Instant now = clock.instant();
        Question.all(inventory).keySet().forEach(t -> healths.put(t, Health.unknown(now)));
    }

    public void listen(Listener to) {
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
        return inventory;
    }

    /** All that has to be checked, each once. */
    public Set<Target> targets() {
        return targets(inventory.services().values());
    }

    /** What has to be checked for some services. */
    public Set<Target> targets(Collection<Service> services) {
        return Question.targets(inventory, services);
    }

    /** Null if the inventory has no such check any more. */
    public CheckSpec spec(Target target) {
        return inventory.checks().get(target.check());
    }

    /** Runs one check once. Returns true while it is in doubt and should run again at its fast interval. */
    public boolean check(Target target) {
        Question asked = Question.of(inventory, target);
        Check check = checks.apply(target.check());
        if (!isAsked(target) || check == null || asked == null || !(asked.by() instanceof CheckSpec spec)) {
            return false; // not in the inventory any more
        }
        CheckResult result = check.run(asked.at(), asked.service() == null ? asked.at() : asked.service());
        endedAt = System.nanoTime();
        awake.run();
        return asked.equals(Question.of(inventory, target))
                && (starvation.is(target, result, spec.timers()) || record(target, result, spec.timers()).inDoubt());
    }

    /** Runs a check once more, out of turn: only success counts, or asking often would be the same as failing often. */
    public CheckResult tryAgain(Target target) {
        Question asked = Question.of(inventory, target);
        CheckResult result = checks.apply(target.check()).run(asked.at(),
                asked.service() == null ? asked.at() : asked.service());
        awake.run();
        if (result.ok() && asked.equals(Question.of(inventory, target)) && asked.by() instanceof CheckSpec spec) {
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
        Service of = inventory.services().get(service);
        if (Question.of(inventory, new Target(server, Target.ADDRESS, service)) == null) {
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
        healths.keySet().removeIf(t -> t.server().equals(server) && t.check().equals(Target.ADDRESS)
                && healths.get(t).state() == State.UNKNOWN && !asksAddress(t.service()));
        inventory.services().values().stream().filter(s -> s.servers().contains(server)).findFirst()
                .ifPresent(s -> listener.changed(new Target(server, Target.ADDRESS, s.name()),
                        Health.unknown(clock.instant()),
                        Health.unknown(clock.instant())));
    }

    private boolean asksAddress(String service) {
        Inventory in = inventory;
        Service of = in.services().get(service);
        return of != null && of.checks().stream().anyMatch(c -> in.checks().get(c).asksService());
    }

    private Health record(Target target, CheckResult result, CheckSpec.Timers timers) {
        Health before;
        Health now;
        synchronized (healths) {
            before = healths.getOrDefault(target, Health.unknown(result.began())).at(result.began(), timers);
            // An address that nobody could be asked about is not there until somebody can.
            boolean asked = isAsked(target)
                    || target.check().equals(Target.ADDRESS) && Question.of(inventory, target) != null;
            if (result.began().isBefore(believedSince) || !asked) {
                return before;
            }
            now = continued(target, before, before.after(result, timers));
            healths.put(target, now);
        }
        if (result.ok() && before.state() == State.DOWN && before.against() == 0) {
            listener.sighted(target);
        }
        steadiness(target, before, now);
        result.certificateUntil().ifPresent(until -> listener.certified(target, until));
        if (now.state() != before.state() || before.inDoubt() && !now.inDoubt()) {
            listener.changed(target, before, now);
        }
        return now;
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
                : failures(Question.target(inventory, server, check, inventory.services().get(service)));
    }

    /** What was so before a restart and is so now has been so all the time. */
    private Health continued(Target target, Health before, Health now) {
        Settled last = remembered.get(target);
        boolean first = before.state() == State.UNKNOWN && before.last() == null || before.against() > 0;
        return first && now.state() != State.UNKNOWN && before.state() == State.UNKNOWN && last != null
                && last.state() == now.state() && last.since().isBefore(now.since())
                        ? new Health(now.state(), last.since(), 0, last.since(), now.last())
                        : now;
    }

    /** Settled healths, as they would survive a restart. */
    public Map<Target, Settled> settled() {
        Map<Target, Settled> settled = new LinkedHashMap<>();
        healths.forEach((target, health) -> {
            if (health.state() != State.UNKNOWN) {
                settled.put(target, new Settled(health.state(), health.since()));
            }
        });
        return settled;
    }

    /** From now on this inventory is in force. What is still asked in the same way is known as before. */
    public void adopt(Inventory next) {
        synchronized (healths) {
            Map<Target, Question> before = Question.all(inventory);
            Map<Target, Question> now = Question.all(next);
            inventory = next;
            endedAt = System.nanoTime(); // checks that were not there before are to be expected from here on
            healths.keySet().retainAll(now.keySet());
            starvation.keepOnly(now.keySet());
            flaps.keepOnly(target -> now.containsKey(target) && now.get(target).equals(before.get(target)));
            Instant since = clock.instant();
            now.forEach((target, question) -> {
                if (!question.equals(before.get(target))) {
                    healths.put(target, Health.unknown(since));
                }
            });
        }
    }

    /** Nothing from before this moment is believed any more, as after a start: neither what was found nor what is under way. */
    public void forget() {
        synchronized (healths) {
            remembered = settled();
            Instant now = clock.instant();
            believedSince = now;
            endedAt = System.nanoTime();
            starvation.clear();
            Question.all(inventory).keySet().forEach(t -> healths.put(t, Health.unknown(now)));
        }
    }

    /** Checks that have not ended once. */
    public List<Target> unchecked() {
        return targets().stream().filter(t -> health(t).last() == null).toList();
    }

    /** So long no check at all has ended, if that is longer than any of them may take. */
    public Optional<Duration> standsStill() {
        Duration age = Duration.ofNanos(System.nanoTime() - endedAt);
        Optional<Duration> longest = inventory.checks().values().stream().map(c -> c.timers().staleAfter())
                .max(Duration::compareTo);
        return longest.filter(l -> age.compareTo(l) > 0 && targets().stream().anyMatch(t -> spec(t) != null))
                .map(l -> age);
    }

    /** True if something is found out about it. */
    public boolean isAsked(Target target) {
        return healths.containsKey(target);
    }

    public boolean knows(String server, String service) {
        Service of = inventory.services().get(service);
        return of != null && of.servers().contains(server);
    }

    /** What is known now, and stays so for its holder: a result that comes in meanwhile is in the next snapshot. */
    public HealthSnapshot snapshot() {
        synchronized (healths) {
            return new HealthSnapshot(inventory, Map.copyOf(healths), clock.instant());
        }
    }

    /** What all checks of a service say of one of its servers, and whether it holds the address. */
    public Verdict verdict(String server, String service) {
        return live().verdict(server, service);
    }

    /** The healths behind a verdict, by the name of the check. */
    public Map<String, Health> healths(String server, String service) {
        return live().healths(server, service);
    }

    private HealthSnapshot live() {
        return new HealthSnapshot(inventory, healths, clock.instant());
    }

    public Health health(Target target) {
        return live().health(target);
    }

    /** Empty if nobody could be asked. */
    public Optional<Health> held(String server, String service) {
        return Optional.ofNullable(healths.get(new Target(server, Target.ADDRESS, service)));
    }
}
