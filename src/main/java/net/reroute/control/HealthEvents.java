package net.reroute.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.reroute.core.Durations;
import net.reroute.core.Event.Kind;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Remembered.Settled;
import net.reroute.core.Server;
import net.reroute.core.Target;

/** Makes events of what checks find. A server that is seen UP for the first time is no news; one that was DOWN is. */
public final class HealthEvents {

    private final Supplier<Inventory> inventory;
    private final Recorder recorder;
    private final Set<Target> down = ConcurrentHashMap.newKeySet();

    /**
     * @param inventory the one in force
     * @param before what was found before this process
     */
    public HealthEvents(Supplier<Inventory> inventory, Recorder recorder, Map<Target, Settled> before) {
        this.inventory = inventory;
        this.recorder = recorder;
        before.forEach((target, settled) -> {
            if (settled.state() == State.DOWN) {
                down.add(target);
            }
        });
    }

    public void suspected(Target target, Health now) {
        tell(Kind.SERVER_SUSPECT, target,
                target.server() + " fails " + target.check() + " (" + now.last().said() + ")");
    }

    public void changed(Target target, Health before, Health now) {
        String said = now.last() == null ? "" : " (" + target.check() + ": " + now.last().said() + ")";
        if (now.state() == State.DOWN && down.add(target)) {
            tell(Kind.SERVER_DOWN, target, target.server() + " is DOWN" + said);
        } else if (now.state() == State.UP && down.remove(target)) {
            String after = before.state() == State.DOWN
                    ? " after " + Durations.age(before.since(), now.since())
                    : "";
            tell(Kind.SERVER_UP, target, target.server() + " is UP again" + after + said);
        }
    }

    private void tell(Kind kind, Target target, String text) {
        Server server = inventory.get().servers().get(target.server());
        if (server == null) {
            return; // it is no server any more
        }
        Map<String, String> facts = new HashMap<>(Map.of("server", target.server(), "check", target.check(), "text",
                text, "address", server.address().toString()));
        if (!target.service().isEmpty()) {
            facts.put("service", target.service());
        }
        recorder.tell(kind, facts);
    }
}
