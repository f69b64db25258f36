package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import net.reroute.core.Decision;
import net.reroute.core.Verdict;
import net.reroute.journal.JournalRow;
import net.reroute.operations.CheckReport;
import net.reroute.operations.Explanation;
import net.reroute.operations.HistoryReport;

/** The steps from the checks to the decision, as JSON. */
public final class ExplanationJson {

    private ExplanationJson() {}

    public static ObjectNode of(Explanation explanation) {
        ObjectNode node = switch (explanation) {
            case Explanation.OfService service -> service(service);
            case Explanation.OfServer server -> server(server);
            case Explanation.OfRouter router -> router(router);
        };
        events(explanation.events(), node);
        return node;
    }

    private static ObjectNode service(Explanation.OfService e) {
        Decision decision = e.decision();
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("service", decision.service().name())
                .put("prefix", decision.service().clientsUse()).put("home", decision.service().home());
        e.where().servers().forEach(node.putArray("now")::add);
        ObjectNode decided = node.putObject("decision").put("kind", decision.kind().name().toLowerCase(Locale.ROOT))
                .put("reason", decision.reason().text());
        decision.to().forEach(decided.putArray("to")::add);
        node.put("since", e.assignment().map(a -> a.since().toString()).orElse(null));
        node.set("pin", e.pin().map(StatusJson::wish).orElse(null));
        ArrayNode routers = node.putArray("routers");
        e.where().readings().forEach((router, reading) -> {
            ObjectNode read = routers.addObject().put("name", router).put("read", reading.at().toString())
                    .put("drift", e.drift().get(router));
            reading.seen().shown().forEach(read.putArray("nextHops")::add);
        });
        ArrayNode servers = node.putArray("servers");
        e.candidates().forEach(c -> {
            ObjectNode server = verdict(c.verdict()).put("name", c.server()).put("unproven", c.unproven());
            server.set("maintenance", c.maintenance().map(StatusJson::wish).orElse(null));
            checks(c.checks(), server);
            servers.add(server);
        });
        ObjectNode left = node.putObject("connections");
        e.left().forEach(left::put);
        return node;
    }

    private static ObjectNode server(Explanation.OfServer e) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("server", e.server().name())
                .put("address", e.server().address().toString()).put("nextHop", e.server().nextHop().toString());
        node.set("maintenance", e.maintenance().map(StatusJson::wish).orElse(null));
        ArrayNode services = node.putArray("services");
        e.services().forEach(s -> {
            ObjectNode service = verdict(s.verdict()).put("name", s.service()).put("here", s.here());
            checks(s.checks(), service);
            services.add(service);
        });
        ObjectNode left = node.putObject("connections");
        e.left().forEach(left::put);
        return node;
    }

    private static ObjectNode router(Explanation.OfRouter e) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("router", e.router().name())
                .put("state", e.router().status().state().name().toLowerCase(Locale.ROOT))
                .put("since", e.router().status().since().toString()).put("why", e.router().status().why())
                .put("read", e.router().read().map(Instant::toString).orElse(null))
                .put("nextTry", e.router().status().next().map(Instant::toString).orElse(null));
        ArrayNode services = node.putArray("services");
        e.services().forEach(r -> {
            ObjectNode service = services.addObject().put("name", r.service()).put("prefix", r.prefix())
                    .put("remark", r.remark());
            r.nextHops().forEach(service.putArray("nextHops")::add);
        });
        return node;
    }

    private static ObjectNode verdict(Verdict verdict) {
        return StatusJson.verdict(verdict, JsonNodeFactory.instance.objectNode());
    }

    private static void checks(List<CheckReport> checks, ObjectNode into) {
        ObjectNode node = into.putObject("checks");
        checks.forEach(c -> node.set(c.name(), StatusJson.check(c)));
    }

    private static void events(HistoryReport events, ObjectNode into) {
        ArrayNode rows = into.putArray("events");
        for (JournalRow row : events.rows()) {
            rows.addObject().put("id", row.id()).put("at", row.at().toString()).put("kind", row.kind())
                    .put("who", row.actor()).put("text", row.text());
        }
        into.put("eventsMissing", events.missing().orElse(null));
    }
}
