package net.reroute.app;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.Health;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Target;

/**
 * Notices when the health that several controllers agree on changes, for events: what only one of them sees is no news
 * for an admin's telephone. Thread-safe.
 */
final class AgreedHealth {

    private final ControllerRuntime runtime;
    private final Map<Target, Health> last = new HashMap<>();
    private Inventory of;
    private Map<Target, Service> services = Map.of();

    AgreedHealth(ControllerRuntime runtime) {
        this.runtime = runtime;
    }

    /** Something was seen of these targets, here or elsewhere. */
    synchronized void look(Collection<Target> targets) {
        read();
        targets.stream().filter(services::containsKey).forEach(this::look);
    }

    /** Other controllers count than before. */
    synchronized void lookAtAll() {
        read();
        services.keySet().forEach(this::look);
    }

    private void read() {
        Inventory now = runtime.inventory();
        if (of != now) {
            of = now;
            services = services(now);
            last.keySet().retainAll(services.keySet());
        }
    }

    private void look(Target target) {
        Health now = runtime.monitor.agreed(target, services.get(target));
        Health before = last.put(target, now);
        if (before == null || before.state() != now.state()) {
            runtime.health.changed(target, before == null ? Health.unknown(now.since()) : before, now);
        }
    }

    private Map<Target, Service> services(Inventory inventory) {
        Map<Target, Service> all = new HashMap<>();
        inventory.checked().forEach(s -> runtime.monitor.targets(List.of(s)).forEach(t -> all.putIfAbsent(t, s)));
        return all;
    }
}
