package net.reroute.app;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.control.Controller;
import net.reroute.control.RouterStatus;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Target;
import net.reroute.notify.OpenProblem;
import net.reroute.notify.Outbox;

/** Compares the problems that alerts were sent for with the present state. */
final class AlertUpkeep {

    private final Controller controller;
    private final Inventory inventory;

    AlertUpkeep(Controller controller) {
        this.controller = controller;
        this.inventory = controller.inventory();
    }

    /** Resolves each problem that is over. */
    void over(Outbox outbox) {
        Set<OpenProblem> all = outbox.open();
        if (all.isEmpty()) {
            return; // the usual case; saves computing the decisions
        }
        Set<String> settled = controller.settled();
        for (OpenProblem open : all) {
            end(open, settled).ifPresent(text -> outbox.over(open, text));
        }
    }

    /** How a problem ended; empty if it has not ended, or if that is not known yet. */
    private Optional<String> end(OpenProblem open, Set<String> settled) {
        Map<String, String> about = open.about();
        return switch (open.event()) {
            case "server-down" -> server(about.getOrDefault("server", ""), new Target(about.getOrDefault("server", ""),
                    about.getOrDefault("check", ""), about.getOrDefault("service", "")));
            case "not-moved", "drift" -> service(about.getOrDefault("service", ""), settled);
            case "router-unreachable" -> router(about.getOrDefault("router", ""));
            case "takeover" -> controller.takenOver().containsKey(about.getOrDefault("server", ""))
                    ? Optional.empty()
                    : Optional.of("the next hop of " + about.get("server") + " is its own again");
            default -> Optional.empty();
        };
    }

    private Optional<String> server(String name, Target target) {
        if (!inventory.servers().containsKey(name) || !controller.monitor().isAsked(target)) {
            return Optional.of(name + " is not checked by " + target.check() + " any more");
        }
        return controller.monitor().health(target).state() == State.UP
                ? Optional.of(name + " is UP again (" + target.check() + ")")
                : Optional.empty();
    }

    private Optional<String> service(String name, Set<String> settled) {
        if (!inventory.scope().contains(name)) {
            return Optional.of(name + " is not in the inventory any more");
        }
        return settled.contains(name) ? Optional.of(name + " is where it should be again") : Optional.empty();
    }

    private Optional<String> router(String name) {
        RouterStatus status = controller.pool().routers().get(name);
        if (status == null) {
            return Optional.of(name + " is not in the inventory any more");
        }
        return status.state() == RouterStatus.Reachability.REACHABLE
                ? Optional.of(name + " is reachable again")
                : Optional.empty();
    }
}
