package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import net.reroute.control.Controller;
import net.reroute.core.Decision;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Cause;
import net.reroute.operations.Explanation.Candidate;
import net.reroute.operations.Explanation.Carried;

/** Builds an explanation. */
final class ExplainQuery {

    private final Controller controller;
    private final Instant now;

    ExplainQuery(Controller controller) {
        this.controller = controller;
        this.now = controller.clock().instant();
    }

    Explanation service(Service service, HistoryReport events) {
        Decision decision = controller.decide(controller.snapshot(Cause.of("explain"))).stream()
                .filter(d -> d.service().equals(service)).findFirst().orElseThrow();
        Whereabouts where = Whereabouts.of(decision, controller.pool().readings(service), controller.takenOver());
        return new Explanation.OfService(now, decision, where, controller.assignment(service.name()),
                controller.intents().pin(service.name(), now), controller.pool().drift(service.name()),
                service.servers().stream().map(s -> candidate(s, service)).toList(), events);
    }

    private Candidate candidate(String server, Service service) {
        boolean unproven = !service.livesOnLan() && controller.monitor().held(server, service.name()).isEmpty();
        return new Candidate(server, controller.monitor().verdict(server, service.name()),
                controller.intents().maintenance(server, now), CheckReport.of(controller, server, service.name()),
                unproven);
    }

    Explanation server(String server, HistoryReport events) {
        List<Carried> services = controller.inventory().services().values().stream()
                .filter(s -> s.servers().contains(server)).map(s -> carried(server, s.name())).toList();
        return new Explanation.OfServer(now, controller.inventory().servers().get(server),
                controller.intents().maintenance(server, now), services, events);
    }

    private Carried carried(String server, String service) {
        boolean here = controller.assignment(service).filter(p -> p.servers().contains(server)).isPresent();
        return new Carried(service, here, controller.monitor().verdict(server, service),
                CheckReport.of(controller, server, service));
    }
}
