package net.reroute.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.reroute.control.Controller;
import net.reroute.control.Flaps;
import net.reroute.control.Monitor;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Expiry;
import net.reroute.core.Health;
import net.reroute.core.Service;
import net.reroute.core.Situation.Cause;
import net.reroute.core.Verdict;

/** The chain from the checks to the decision, for one service or one server. */
final class ExplainView {

    private final Controller controller;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    ExplainView(Controller controller) {
        this.controller = controller;
        this.now = controller.clock().instant();
    }

    List<String> service(Service service) {
        Decision decision = controller.decide(controller.situation(Cause.of("explain"))).stream()
                .filter(d -> d.service().equals(service)).findFirst().orElseThrow();
        Whereabouts where = Whereabouts.of(controller, decision);
        lines.add(service.name() + " (" + service.prefix() + ", address " + service.address() + ") is at "
                + where.now() + "; its home is " + service.home());
        where.readings().forEach((router, reading) -> lines.add("  router " + router + " was read "
                + Durations.age(reading.at(), now) + " ago: "
                + (reading.seen().shown().isEmpty()
                        ? "no route"
                        : "next hop " + String.join(", ", reading.seen().shown()))
                + (reading.seen().remark().isEmpty() ? "" : "; it " + reading.seen().remark())));
        controller.placement(service.name()).ifPresent(p -> lines.add("  there for " + Durations.age(p.since(), now)
                + ": " + p.why()));
        lines.add("  decision: " + decision.kind().name().toLowerCase(java.util.Locale.ROOT)
                + (decision.isMove() ? " to " + Table.names(decision.to()) : "") + ", " + decision.reason().text());
        controller.wishes().pin(service.name(), now).ifPresent(p -> lines.add("  pinned to " + p.server() + " " + p.by()
                + p.until().map(u -> " until " + Moment.text(u)).orElse("")));
        controller.drift(service.name()).forEach((router, text) -> lines.add("  router " + router + " " + text));
        service.servers().forEach(server -> candidate(server, service));
        lines.add("  last events:");
        return lines;
    }

    private void candidate(String server, Service service) {
        Verdict verdict = controller.monitor().verdict(server, service.name());
        lines.add("  server " + server + ": " + state(verdict) + " for " + Durations.age(verdict.since(), now)
                + controller.wishes().maintenance(server, now).map(m -> ", in maintenance " + m.by()).orElse(""));
        checks(server, service);
        if (!service.livesOnLan() && controller.monitor().held(server, service.name()).isEmpty()) {
            lines.add("      address: unproven, there is no login to ask with");
        }
    }

    private static String state(Verdict verdict) {
        return verdict.state() + (verdict.doubt() ? " but in doubt" : "");
    }

    private void checks(String server, Service service) {
        controller.monitor().healths(server, service.name()).forEach((name, health) -> check(name, health,
                controller.monitor().failures(server, name, service.name())));
    }

    private void check(String name, Health health, Flaps.Count count) {
        String last = health.last() == null
                ? "not run yet"
                : health.last().said() + " " + Durations.age(health.last().at(), now) + " ago, took "
                        + Durations.text(health.last().took());
        String counter = health.against() == 0 ? "" : ", " + health.against() + " in a row against it";
        String limits = name.equals(Monitor.ADDRESS) ? "" : limits(name);
        String often = count.isMuch() ? ", failed " + count : "";
        String expiry = Expiry.warning(health, Instant.now()).map(e -> ", its certificate " + e).orElse("");
        lines.add("      " + name + ": " + health.state() + counter + often + expiry + " (" + last + limits + ")");
    }

    private String limits(String check) {
        var timers = controller.inventory().checks().get(check).timers();
        return "; every " + Durations.text(timers.every()) + ", fall " + timers.fall() + ", rise " + timers.rise();
    }

    List<String> server(String server) {
        lines.add(server + " (" + controller.inventory().servers().get(server).address() + ", next hop "
                + controller.inventory().servers().get(server).nextHop() + ")");
        controller.wishes().maintenance(server, now).ifPresent(m -> lines.add("  in maintenance " + m.by()
                + m.until().map(u -> " until " + Moment.text(u)).orElse("")));
        for (Map.Entry<String, Service> entry : controller.inventory().services().entrySet()) {
            if (entry.getValue().servers().contains(server)) {
                Verdict verdict = controller.monitor().verdict(server, entry.getKey());
                boolean here = controller.placement(entry.getKey()).filter(p -> p.servers().contains(server))
                        .isPresent();
                lines.add("  for " + entry.getKey() + (here ? " (carries it)" : "") + ": " + state(verdict) + " for "
                        + Durations.age(verdict.since(), now));
                checks(server, entry.getValue());
            }
        }
        lines.add("  last events:");
        return lines;
    }
}
