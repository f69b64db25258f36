package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import net.reroute.check.Check;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Situation.Pair;
import net.reroute.core.Target;
import net.reroute.core.Verdict;

/** The health of every target. Safe for many threads; one target is checked by one thread at a time. */
public final class Monitor {

    /** The name under which "does it hold the address" stands among the checks. */
    public static final String ADDRESS = "address";

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

    private static final Duration LATE = Duration.ofMillis(10);

    /**
     * All that a result depends on: with another of these it would be an answer to another question.
     *
     * @param by the check, or where one logs in to ask for the address
     * @param at the server's address
     * @param service the service's address; null if it does not matter
     */
    private record Question(Object by, Address at, Address service) {}

    private final Function<String, Check> checks;
    private final InstantSource clock;
    private final Map<Target, Health> healths = new ConcurrentHashMap<>();
    private final Map<Target, Integer> starvedInARow = new ConcurrentHashMap<>();
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
    public Monitor(Inventory inventory, Function<String, Check> checks, InstantSource clock,
            Map<Target, Settled> remembered) {
        this.inventory = inventory;
        this.checks = checks;
        this.clock = clock;
        this.remembered = remembered;
        Instant now = clock.instant();
        questions(inventory).keySet().forEach(t -> healths.put(t, Health.unknown(now)));
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
    void beAwake() {
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
        return targets(inventory, services);
    }

    private static Set<Target> targets(Inventory of, Collection<Service> services) {
        Set<Target> targets = new LinkedHashSet<>();
        for (Service service : services) {
            for (String server : service.servers()) {
                service.checks().forEach(check -> targets.add(target(of, server, check, service)));
            }
        }
        return targets;
    }

    private static Target target(Inventory of, String server, String check, Service service) {
        return new Target(server, check, of.checks().get(check).perService() ? service.name() : "");
    }

    /** All that is to be found out, and whether a server with a login holds the address. */
    private static Map<Target, Question> questions(Inventory of) {
        Map<Target, Question> questions = new LinkedHashMap<>();
        targets(of, of.services().values()).forEach(t -> questions.put(t, question(of, t)));
        of.services().values().forEach(service -> service.servers().stream()
                .filter(s -> !service.livesOnLan() && of.servers().get(s).login().isPresent())
                .map(s -> new Target(s, ADDRESS, service.name())).forEach(t -> questions.put(t, question(of, t))));
        return questions;
    }

    /** Null if that is not asked. */
    private static Question question(Inventory of, Target target) {
        Server server = of.servers().get(target.server());
        Service service = of.services().get(target.service());
        Object by = target.check().equals(ADDRESS) && server != null
                ? server.login().orElse(null)
                : of.checks().get(target.check());
        boolean gone = !target.service().isEmpty()
                && (service == null || !service.servers().contains(target.server()));
        return server == null || by == null || gone
                ? null
                : new Question(by, server.address(), service == null ? null : service.address());
    }

    /** Null if the inventory has no such check any more. */
    public CheckSpec spec(Target target) {
        return inventory.checks().get(target.check());
    }

    /** Runs one check once. Returns true while it is in doubt and should run again at its fast interval. */
    public boolean check(Target target) {
        Question asked = question(inventory, target);
        Check check = checks.apply(target.check());
        if (!isAsked(target) || check == null || asked == null || !(asked.by() instanceof CheckSpec spec)) {
            return false; // not in the inventory any more
        }
        CheckResult result = check.run(asked.at(), asked.service() == null ? asked.at() : asked.service());
        endedAt = System.nanoTime();
        awake.run();
        return asked.equals(question(inventory, target))
                && (isStarved(target, result, spec.timers()) || record(target, result, spec.timers()).inDoubt());
    }

    /**
     * A failure that came long after its deadline tells more of this process than of the server: it did not get the
     * processor, and the answer may have waited for it. Such a result is no evidence; but not for ever.
     */
    private boolean isStarved(Target target, CheckResult result, CheckSpec.Timers timers) {
        Duration late = timers.timeout().plus(timers.timeout().dividedBy(2)).plus(LATE);
        boolean starved = !result.ok() && result.took().compareTo(late) > 0;
        int inARow = starved ? starvedInARow.merge(target, 1, Integer::sum) : 0;
        if (!starved) {
            starvedInARow.remove(target);
        }
        return starved && inARow <= timers.fall();
    }

    /** Runs a check once more, out of turn: only success counts, or asking often would be the same as failing often. */
    public CheckResult tryAgain(Target target) {
        Question asked = question(inventory, target);
        CheckResult result = checks.apply(target.check()).run(asked.at(),
                asked.service() == null ? asked.at() : asked.service());
        awake.run();
        if (result.ok() && asked.equals(question(inventory, target)) && asked.by() instanceof CheckSpec spec) {
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
        if (question(inventory, new Target(server, ADDRESS, service)) == null) {
            return; // asked for an inventory that is no more
        }
        String said = (holds ? "holds " : "does not hold ") + of.address();
        record(new Target(server, ADDRESS, service),
                new CheckResult(holds, said, asked, Duration.between(asked, clock.instant())),
                ONCE);
    }

    /**
     * Nobody could be asked: nothing is proven, which must not keep a server from being UP; but where a check asks the
     * address itself, a server that does not hold it would pass the question on to one that does.
     */
    public void notAsked(String server) {
        healths.keySet().removeIf(t -> t.server().equals(server) && t.check().equals(ADDRESS)
                && healths.get(t).state() == State.UNKNOWN && !asksAddress(t.service()));
        inventory.services().values().stream().filter(s -> s.servers().contains(server)).findFirst()
                .ifPresent(s -> listener.changed(new Target(server, ADDRESS, s.name()), Health.unknown(clock.instant()),
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
            boolean asked = isAsked(target) || target.check().equals(ADDRESS) && question(inventory, target) != null;
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
        return check.equals(ADDRESS)
                ? Flaps.Count.NONE
                : failures(target(inventory, server, check, inventory.services().get(service)));
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
    void adopt(Inventory next) {
        synchronized (healths) {
            Map<Target, Question> before = questions(inventory);
            Map<Target, Question> now = questions(next);
            inventory = next;
            endedAt = System.nanoTime(); // checks that were not there before are to be expected from here on
            healths.keySet().retainAll(now.keySet());
            starvedInARow.keySet().retainAll(now.keySet());
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
    void forget() {
        synchronized (healths) {
            remembered = settled();
            Instant now = clock.instant();
            believedSince = now;
            endedAt = System.nanoTime();
            starvedInARow.clear();
            questions(inventory).keySet().forEach(t -> healths.put(t, Health.unknown(now)));
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

    /**
     * All verdicts of one moment.
     *
     * @param inventory the one they are about
     * @param verdicts of every server for every service it carries
     */
    record Picture(Inventory inventory, Map<Pair, Verdict> verdicts) {}

    /** What is known now, and stays so for whoever holds it: a result that comes in meanwhile is in the next picture. */
    Picture picture() {
        Inventory in;
        Map<Target, Health> known;
        synchronized (healths) {
            in = inventory;
            known = new HashMap<>(healths);
        }
        Instant now = clock.instant();
        Map<Pair, Verdict> verdicts = new HashMap<>();
        in.services().values().forEach(service -> service.servers().forEach(server -> verdicts.put(
                new Pair(service.name(), server), Verdict.of(healths(in, known, service, server, now)))));
        return new Picture(in, verdicts);
    }

    /** What all checks of a service say of one of its servers, and whether it holds the address. */
    public Verdict verdict(String server, String service) {
        Instant now = clock.instant();
        return knows(server, service)
                ? Verdict.of(healths(server, service))
                : Verdict.unknown(now, "not one of its servers");
    }

    /** The healths behind a verdict, by the name of the check. */
    public Map<String, Health> healths(String server, String service) {
        Inventory in = inventory;
        return healths(in, healths, in.services().get(service), server, clock.instant());
    }

    private static Map<String, Health> healths(Inventory in, Map<Target, Health> known, Service service, String server,
            Instant now) {
        Map<String, Health> byCheck = new LinkedHashMap<>();
        service.checks()
                .forEach(check -> byCheck.put(check, health(in, known, target(in, server, check, service), now)));
        Optional.ofNullable(known.get(new Target(server, ADDRESS, service.name())))
                .ifPresent(h -> byCheck.put(ADDRESS, h));
        return byCheck;
    }

    private static Health health(Inventory in, Map<Target, Health> known, Target target, Instant now) {
        Health health = known.getOrDefault(target, Health.unknown(now));
        CheckSpec spec = in.checks().get(target.check());
        return spec == null ? health : health.at(now, spec.timers());
    }

    public Health health(Target target) {
        return health(inventory, healths, target, clock.instant());
    }

    /** Empty if nobody could be asked. */
    public Optional<Health> held(String server, String service) {
        return Optional.ofNullable(healths.get(new Target(server, ADDRESS, service)));
    }
}
