package net.reroute.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Target;

/** The health of every target in the inventory in force. Thread-safe. */
final class HealthTable {

    /** The health before and after a result; both are the same object if the result was ignored. */
    record Turn(Health before, Health now) {}

    private final InstantSource clock;
    private final Map<Target, Health> healths = new ConcurrentHashMap<>();
    private volatile Inventory inventory;
    private volatile Continuity remembered;
    private volatile Vantages vantages = Vantages.NONE;
    private volatile Instant believedSince = Instant.MIN;

    HealthTable(Inventory inventory, InstantSource clock, Map<Target, Settled> remembered) {
        this.inventory = inventory;
        this.clock = clock;
        this.remembered = new Continuity(remembered);
        Instant now = clock.instant();
        Question.all(inventory).keySet().forEach(t -> healths.put(t, Health.unknown(now)));
    }

    Inventory inventory() {
        return inventory;
    }

    /** @param others what other controllers see */
    void compareWith(Vantages others) {
        vantages = others;
    }

    /**
     * Takes a result in. Ignores it if it began before the last {@link #forget}, or its target is no longer checked.
     */
    synchronized Turn take(Target target, CheckResult result, CheckSpec.Timers timers) {
        Health before = healths.getOrDefault(target, Health.unknown(result.began())).at(result.began(), timers);
        // An address without a health is one that could not be asked for until now.
        boolean asked = isAsked(target)
                || target.check().equals(Target.ADDRESS) && Question.of(inventory, target) != null;
        if (result.began().isBefore(believedSince) || !asked) {
            return new Turn(before, before);
        }
        Health now = remembered.continued(target, before, before.after(result, timers));
        healths.put(target, now);
        return new Turn(before, now);
    }

    /** The server's addresses are unproven. Removes their UNKNOWN healths, unless a check needs proof. */
    void unprove(String server) {
        healths.entrySet().removeIf(e -> e.getKey().server().equals(server)
                && e.getKey().check().equals(Target.ADDRESS) && e.getValue().state() == State.UNKNOWN
                && !asksAddress(e.getKey().service()));
    }

    private boolean asksAddress(String service) {
        Inventory in = inventory;
        Service of = in.services().get(service);
        return of != null && of.checks().stream().anyMatch(c -> in.checks().get(c).asksService());
    }

    /** Puts an inventory in force. Returns the test for targets that are checked as before and keep their health. */
    synchronized Predicate<Target> adopt(Inventory next) {
        Map<Target, Question> before = Question.all(inventory);
        Map<Target, Question> now = Question.all(next);
        Set<Target> same = now.keySet().stream().filter(t -> now.get(t).equals(before.get(t)))
                .collect(Collectors.toSet());
        inventory = next;
        healths.keySet().retainAll(now.keySet());
        Instant since = clock.instant();
        now.keySet().stream().filter(t -> !same.contains(t)).forEach(t -> healths.put(t, Health.unknown(since)));
        return same::contains;
    }

    /** Discards all results so far. */
    synchronized void forget() {
        remembered = new Continuity(settled());
        Instant now = clock.instant();
        believedSince = now;
        Question.all(inventory).keySet().forEach(t -> healths.put(t, Health.unknown(now)));
    }

    Map<Target, Settled> settled() {
        return Continuity.settled(healths);
    }

    boolean isAsked(Target target) {
        return healths.containsKey(target);
    }

    Optional<Health> get(Target target) {
        return Optional.ofNullable(healths.get(target));
    }

    synchronized HealthSnapshot snapshot() {
        return new HealthSnapshot(inventory, Map.copyOf(healths), vantages.frozen(), clock.instant());
    }

    /** For a single question. Results that come in meanwhile may be visible in it. */
    HealthSnapshot live() {
        return new HealthSnapshot(inventory, healths, vantages, clock.instant());
    }
}
