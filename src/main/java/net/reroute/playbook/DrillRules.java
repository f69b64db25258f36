package net.reroute.playbook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.control.Controller;
import net.reroute.control.Prober;
import net.reroute.control.RouterStatus;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Verdict;

/** The conditions for a drill of one server. */
final class DrillRules {

    private final Controller controller;
    private final String server;

    DrillRules(Controller controller, String server) {
        this.controller = controller;
        this.server = server;
    }

    /** The services that the server carries now. */
    List<Service> carried() {
        return controller.inventory().redirected().stream().filter(s -> isAtServer(s)).toList();
    }

    private boolean isAtServer(Service service) {
        return controller.inventory().members(service, server).stream().anyMatch(m -> isAt(service, m));
    }

    private boolean isAt(Service service, String at) {
        return controller.assignment(service.name()).map(Assignment::servers).filter(s -> s.contains(at)).isPresent();
    }

    /** Why a drill may not be held now; empty if it may. */
    Optional<String> complaint() {
        return unknown().or(this::nothing).or(this::intents).or(this::alone).or(this::unhealthy).or(this::routers)
                .or(this::away)
                .or(this::probe);
    }

    private Optional<String> unknown() {
        return controller.inventory().servers().containsKey(server)
                ? Optional.empty()
                : Optional.of("no server '" + server + "' in the inventory");
    }

    private Optional<String> nothing() {
        return carried().isEmpty() ? Optional.of(server + " carries nothing that could be moved") : Optional.empty();
    }

    private Optional<String> intents() {
        if (!controller.acts()) {
            return Optional.of("mode is observe: nothing is typed; --shadow tells what would be");
        }
        Instant now = controller.clock().instant();
        return controller.intents().pause().map(p -> "paused " + p.by())
                .or(() -> controller.inventory().servers().keySet().stream()
                        .filter(s -> controller.intents().maintenance(s, now).isPresent())
                        .map(s -> s + " is in maintenance, and one server at a time is enough").findFirst())
                .or(() -> controller.isIdle() ? Optional.empty() : Optional.of("a move is under way"));
    }

    /** Everything must be healthy: every server of every service, and every route as decided. */
    private Optional<String> unhealthy() {
        return controller.inventory().services().values().stream().map(this::illness).flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> illness(Service service) {
        List<String> at = controller.assignment(service.name()).map(Assignment::servers).orElse(List.of());
        if (at.isEmpty()) {
            return Optional.of(service.name() + " is nowhere");
        }
        return controller.pool().drift(service.name()).values().stream().findFirst()
                .map(d -> service.name() + " is not well: " + d)
                .or(() -> service.servers().stream()
                        .filter(s -> !verdict(service, s).candidate())
                        .map(s -> s + " is not well for " + service.name() + ": " + verdict(service, s).why())
                        .findFirst());
    }

    private Verdict verdict(Service service, String member) {
        return controller.snapshot(Cause.of("drill")).verdict(service, member);
    }

    private Optional<String> routers() {
        return controller.pool().routers().entrySet().stream()
                .filter(e -> e.getValue().state() != RouterStatus.Reachability.REACHABLE)
                .map(e -> "router " + e.getKey() + " is "
                        + e.getValue().state().name().toLowerCase(java.util.Locale.ROOT))
                .findFirst();
    }

    /** A service that does not belong on this server would not come back to it. */
    private Optional<String> away() {
        Set<String> names = carried().stream().map(Service::name).collect(Collectors.toSet());
        return controller.decide(controller.snapshot(new Cause("drill", names, false, Optional.empty()))).stream()
                .filter(d -> names.contains(d.service().name()) && d.kind() != Decision.Kind.STAY)
                .map(d -> d.service().name() + " is at " + server + " and does not belong there (" + d.reason().text()
                        + "), so it would not come back")
                .findFirst();
    }

    private Optional<String> alone() {
        return carried().stream().filter(s -> s.servers().stream()
                .filter(o -> !controller.inventory().members(s, server).contains(o) && (s.isList() || !isAt(s, o)))
                .noneMatch(o -> verdict(s, o).candidate())).map(s -> s.name() + " has no second healthy server")
                .findFirst();
    }

    /** A service that does not answer through the router now would seem to be the drill's fault. */
    private Optional<String> probe() {
        return controller.pool().probe(carried()).entrySet().stream()
                .filter(e -> e.getValue().kind() == Prober.ProbeResult.BAD)
                .map(e -> e.getKey().name() + " is not well: " + e.getValue().text()).findFirst();
    }
}
