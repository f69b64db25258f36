package net.reroute.app;

import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Decision;
import net.reroute.core.Inventory;
import net.reroute.core.Planner;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;

/** What a new inventory would change. */
final class ReloadPreview {

    private ReloadPreview() {}

    /**
     * Lists the changes, one per line.
     *
     * @throws RequestRefusedException if a server that carries a service would be lost, and {@code force} is false
     */
    static List<String> of(ControllerRuntime runtime, Inventory next, boolean force) throws RequestRefusedException {
        List<String> lost = new ArrayList<>();
        runtime.inventory().services().values().stream().filter(s -> !s.isList())
                .forEach(service -> runtime.controller.assignment(service.name()).ifPresent(p -> {
                    Service then = next.services().get(service.name());
                    p.servers().stream().filter(s -> then == null || !then.servers().contains(s)
                            || !next.nextHops(List.of(s)).equals(runtime.inventory().nextHops(List.of(s))))
                            .forEach(s -> lost.add(s + " carries " + service.name()));
                }));
        runtime.controller.takenOver().forEach((server, at) -> {
            boolean still = next.services().values().stream()
                    .anyMatch(s -> s.fallsBack() && s.servers().containsAll(List.of(server, at)));
            if (!still) {
                lost.add(at + " has the next hop of " + server);
            }
        });
        if (!lost.isEmpty() && !force) {
            throw new RequestRefusedException(
                    "the new inventory takes away what carries something (" + String.join(", ", lost)
                            + "); move it first, or use --force");
        }
        List<String> changes = new ArrayList<>(lost);
        Snapshot now = runtime.controller.snapshot(Cause.of("reload"));
        Snapshot then = new Snapshot(next, now.verdicts(), now.intents(), now.assignments(), now.setAside(),
                now.cause(),
                now.times());
        Planner.decide(then).stream().filter(Decision::isMove)
                .forEach(d -> changes.add("would move " + d.arrow() + ": " + d.reason().text()));
        return changes;
    }
}
