package net.reroute.health;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.CheckSpec;
import net.reroute.core.Health;
import net.reroute.core.Inventory;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Pair;
import net.reroute.core.Target;
import net.reroute.core.Verdict;

/**
 * The health of every target at one moment.
 *
 * @param inventory in force then
 * @param known healths; a missing target is UNKNOWN
 * @param vantages what other controllers see
 */
public record HealthSnapshot(Inventory inventory, Map<Target, Health> known, Vantages vantages, Instant now) {

    /** The verdict of every server for every service that it can carry. */
    public Map<Pair, Verdict> verdicts() {
        Map<Pair, Verdict> verdicts = new HashMap<>();
        inventory.checked().forEach(service -> service.checkedMembers().forEach(server -> verdicts.put(
                new Pair(service.name(), server), Verdict.of(healths(server, service.name())))));
        return verdicts;
    }

    /** The combined result of all checks of a service for a server, including whether it holds the address. */
    Verdict verdict(String server, String service) {
        Service of = inventory.services().get(service);
        return of != null && of.checkedMembers().contains(server)
                ? Verdict.of(healths(server, service))
                : Verdict.unknown(now, "not one of its servers");
    }

    /** The healths behind a verdict, by name of the check; none for what has no checks of its own. */
    Map<String, Health> healths(String server, String name) {
        Optional<Service> found = inventory.checked(name);
        Optional<Server> behind = found.flatMap(s -> inventory.behind(s, server));
        if (behind.isEmpty()) {
            return Map.of();
        }
        Service service = found.get();
        Map<String, Health> byCheck = new LinkedHashMap<>();
        service.checks().forEach(
                check -> byCheck.put(check, agreed(Question.target(inventory, behind.get().name(), check, service),
                        service)));
        Optional.ofNullable(known.get(new Target(server, Target.ADDRESS, name)))
                .ifPresent(h -> byCheck.put(Target.ADDRESS, h));
        return byCheck;
    }

    /** The health of a target of a service, as all controllers that look see it. */
    Health agreed(Target target, Service service) {
        Health own = health(target);
        return vantages == Vantages.NONE ? own : new Agreement(vantages, now).of(target, own, service.rules().agree());
    }

    Health health(Target target) {
        Health health = known.getOrDefault(target, Health.unknown(now));
        CheckSpec spec = inventory.checks().get(target.check());
        return spec == null ? health : health.at(now, spec.timers());
    }
}
