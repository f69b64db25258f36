package net.reroute.operations;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.control.Controller;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Reading;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.ControllerAccess.ControllerSession;
import net.reroute.operations.ControllerAccess.Need;
import net.reroute.operations.Explanation.Candidate;
import net.reroute.operations.Explanation.Carried;
import net.reroute.operations.Explanation.Route;

/** Builds an explanation. */
final class ExplainQuery {

    private final Controller controller;
    /** What the decision is made from, so that no verdict beside it contradicts it. */
    private final Snapshot snapshot;
    private final Instant now;

    ExplainQuery(Controller controller) {
        this.controller = controller;
        this.snapshot = controller.snapshot(Cause.of("explain"));
        this.now = snapshot.times().now();
    }

    /** Explains what has this name. */
    static Explanation of(ControllerAccess access, HistoryQuery history, String what)
            throws RequestRefusedException, BadInventoryException, IOException {
        InventoryNames names = new InventoryNames(access.inventory());
        if (names.isServerOnly(what)) {
            try (ControllerSession session = access.open(Need.toLook())) {
                return new ExplainQuery(session.controller()).server(what, history.recent(what));
            }
        }
        if (names.isDevice(what)) {
            try (ControllerSession session = access.open(Need.toLook())) {
                return new ExplainQuery(session.controller()).router(what, history.recent(what));
            }
        }
        Service service = names.serviceNotServer(what);
        try (ControllerSession session = access.open(Need.of(Set.of(service.name()), false))) {
            return new ExplainQuery(session.controller()).service(service, history.recent(service.name()));
        }
    }

    private Explanation service(Service service, HistoryReport events) {
        Decision decision = controller.decide(snapshot).stream()
                .filter(d -> d.service().equals(service)).findFirst().orElseThrow();
        Whereabouts where = Whereabouts.of(decision, controller.pool().readings(service), controller.takenOver());
        return new Explanation.OfService(now, decision, where, assignment(service.name()),
                snapshot.intents().pin(service.name(), now), controller.pool().drift(service.name()),
                service.servers().stream().map(s -> candidate(s, service)).toList(),
                controller.pool().leftConnections().of(service.name()), events);
    }

    private Candidate candidate(String server, Service service) {
        boolean unproven = !service.livesOnLan() && service.isHeld()
                && controller.monitor().held(server, service.name()).isEmpty();
        return new Candidate(server, snapshot.verdict(service, server),
                snapshot.intents().maintenance(server, now), CheckReport.of(controller, server, service.name()),
                unproven);
    }

    private Explanation server(String server, HistoryReport events) {
        List<Carried> services = controller.inventory().redirected().stream().flatMap(s -> carried(server, s)).toList();
        return new Explanation.OfServer(now, controller.inventory().servers().get(server),
                snapshot.intents().maintenance(server, now), services,
                controller.pool().leftConnections().at(server), events);
    }

    /** What a router holds, as last read. */
    private Explanation router(String name, HistoryReport events) {
        List<Route> routes = new ArrayList<>();
        Optional<Instant> read = Optional.empty();
        for (Service service : controller.inventory().redirected()) {
            Reading reading = controller.pool().readings(service).get(name);
            if (service.routers().contains(name)) {
                routes.add(new Route(service.name(), service.clientsUse(),
                        reading == null ? List.of() : reading.seen().shown(), remark(service, name, reading)));
            }
            if (reading != null && read.filter(r -> r.isAfter(reading.at())).isEmpty()) {
                read = Optional.of(reading.at());
            }
        }
        return new Explanation.OfRouter(now,
                new StatusReport.OfRouter(name, controller.pool().routers().get(name), read), routes, events);
    }

    private String remark(Service service, String router, Reading reading) {
        String unread = reading == null ? "has not been read yet" : reading.seen().remark();
        return controller.pool().drift(service.name()).getOrDefault(router, unread);
    }

    private Stream<Carried> carried(String server, Service service) {
        return service.announced().isPresent()
                ? service.announced().get().sites().entrySet().stream().filter(e -> e.getValue().contains(server))
                        .map(e -> new Carried(service.name() + " at " + e.getKey(), isIn(service, e.getKey()),
                                controller.monitor().verdict(server, service.name()),
                                CheckReport.of(controller, server, service.name())))
                : controller.inventory().members(service, server).stream().map(m -> new Carried(service.name(),
                        isIn(service, m), snapshot.verdict(service, m),
                        CheckReport.of(controller, m, service.name())));
    }

    private boolean isIn(Service service, String member) {
        return assignment(service.name()).filter(p -> p.servers().contains(member)).isPresent();
    }

    private Optional<Assignment> assignment(String service) {
        return Optional.ofNullable(snapshot.assignments().get(service));
    }
}
