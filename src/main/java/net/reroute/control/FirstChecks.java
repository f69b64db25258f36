package net.reroute.control;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Beginning;

/**
 * When checking of each service began in its present form. Until all its servers have a verdict, it does not move
 * automatically.
 */
final class FirstChecks {

    private final InstantSource clock;
    private volatile Beginning beginning;

    FirstChecks(InstantSource clock) {
        this.clock = clock;
        beginAnew();
    }

    Beginning beginning() {
        return beginning;
    }

    /** Restarts this time for all services. */
    void beginAnew() {
        beginning = new Beginning(clock.instant(), Map.of());
    }

    /** Restarts this time for each service whose servers or checks changed. */
    void adopt(Inventory before, Inventory next) {
        Instant now = clock.instant();
        Map<String, Instant> since = new HashMap<>();
        next.redirected().forEach(s -> since.put(s.name(),
                isCheckedAlike(s, before, next) ? beginning.of(s.name()) : now));
        beginning = new Beginning(beginning.all(), Map.copyOf(since));
    }

    private static boolean isCheckedAlike(Service service, Inventory before, Inventory next) {
        Service was = before.service(service.name()).orElse(null);
        if (was == null || service.dnsName().isPresent() || service.switched().isPresent()) {
            return was != null && was.isList() && next.listedBy(service)
                    .allMatch(s -> before.services().containsKey(s.name()) && isCheckedAlike(s, before, next));
        }
        return was.servers().equals(service.servers()) && was.checks().equals(service.checks())
                && was.frontend().equals(service.frontend())
                && before.servers(was.checkedMembers()).equals(next.servers(service.checkedMembers()))
                && service.checks().stream().allMatch(c -> next.checks().get(c).equals(before.checks().get(c)));
    }
}
