package net.reroute.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import net.reroute.control.Controller;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Forecast;
import net.reroute.core.Forecast.Coming;
import net.reroute.core.Planner;
import net.reroute.core.Situation;
import net.reroute.core.Situation.Cause;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** reroute plan. */
@Command(name = "plan", description = "What would be done now, and what time will do; with --if-down, if that server failed.")
final class Plan extends Work {

    @Option(names = "--if-down", paramLabel = "SERVER", description = "Assume that this server is DOWN.")
    String ifDown;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        try (Office.Session session = office().open(Office.Need.toLook())) {
            Controller controller = session.controller();
            Situation now = controller.situation(Cause.of("plan"));
            if (ifDown != null) {
                now = Planner.ifDown(now, server(controller.inventory(), ifDown));
            }
            List<Decision> decisions = Planner.decide(now);
            // Without a daemon nobody is there when the moment comes.
            List<Coming> coming = office().isDaemon() ? Forecast.of(now) : List.of();
            if (json) {
                json(decisions, coming);
            } else {
                tell(decisions, !coming.isEmpty());
                later(coming, now.times().now());
            }
            return ExitCodes.DONE;
        }
    }

    private void tell(List<Decision> decisions, boolean later) {
        Table table = new Table("SERVICE", "PREFIX", "NOW", "THEN", "WHY");
        decisions.stream().filter(d -> d.kind() != Decision.Kind.STAY)
                .forEach(d -> table.row(d.service().name(), d.service().prefix().toString(), Table.names(d.from()),
                        d.isMove() ? Table.names(d.to()) : "stays", d.reason().text()));
        if (table.isEmpty()) {
            say("nothing would move" + (later ? " now" : ""));
        } else {
            table.lines(console()).forEach(this::say);
        }
    }

    private void later(List<Coming> coming, Instant now) {
        if (coming.isEmpty()) {
            return;
        }
        say("");
        say("later, if nothing else happens:");
        Table table = new Table("IN", "AT", "SERVICE", "NOW", "THEN", "WHY");
        coming.forEach(c -> table.row(Durations.age(now, c.at()), Moment.exact(c.at()), c.decision().service().name(),
                Table.names(c.decision().from()), c.decision().isMove() ? Table.names(c.decision().to()) : "stays",
                c.what() + ": " + c.decision().reason().text()));
        table.lines(console()).forEach(this::say);
    }

    private void json(List<Decision> decisions, List<Coming> coming) throws JsonProcessingException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Decision decision : decisions) {
            ObjectNode node = json(decision).put("service", decision.service().name());
            ArrayNode later = node.putArray("later");
            coming.stream().filter(c -> c.decision().service().equals(decision.service()))
                    .forEach(c -> later.add(json(c.decision()).put("at", c.at().toString()).put("what", c.what())));
            array.add(node);
        }
        json(array);
    }

    private static ObjectNode json(Decision decision) {
        ObjectNode node = JsonNodeFactory.instance.objectNode()
                .put("kind", decision.kind().name().toLowerCase(Locale.ROOT)).put("reason", decision.reason().text());
        decision.from().forEach(node.putArray("from")::add);
        decision.to().forEach(node.putArray("to")::add);
        return node;
    }
}
