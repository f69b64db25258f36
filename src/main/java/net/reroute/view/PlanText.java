package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.operations.PlanReport;

/** A plan, as text and as JSON. */
public final class PlanText {

    private PlanText() {}

    public static List<String> lines(PlanReport plan, Style style) {
        Table table = new Table("SERVICE", "PREFIX", "NOW", "THEN", "WHY");
        plan.decisions().stream().filter(d -> d.kind() != Decision.Kind.STAY)
                .forEach(d -> table.row(d.service().name(), d.service().frontend().text(), Table.names(d.from()),
                        then(d), d.reason().text()));
        String nothing = "nothing would move" + (plan.coming().isEmpty() ? "" : " now");
        List<String> lines = new ArrayList<>(table.isEmpty() ? List.of(nothing) : table.lines(style));
        if (!plan.coming().isEmpty()) {
            lines.addAll(List.of("", "later, if nothing else happens:"));
            lines.addAll(coming(plan).lines(style));
        }
        return lines;
    }

    private static Table coming(PlanReport plan) {
        Table table = new Table("IN", "AT", "SERVICE", "NOW", "THEN", "WHY");
        plan.coming().forEach(c -> table.row(Durations.age(plan.now(), c.at()), MomentText.exact(c.at()),
                c.decision().service().name(), Table.names(c.decision().from()), then(c.decision()),
                c.what() + ": " + c.decision().reason().text()));
        return table;
    }

    private static String then(Decision decision) {
        return decision.isMove() ? Table.names(decision.to()) : "stays";
    }

    public static ArrayNode json(PlanReport plan) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Decision decision : plan.decisions()) {
            ObjectNode node = json(decision).put("service", decision.service().name());
            ArrayNode later = node.putArray("later");
            plan.coming().stream().filter(c -> c.decision().service().equals(decision.service()))
                    .forEach(c -> later.add(json(c.decision()).put("at", c.at().toString()).put("what", c.what())));
            array.add(node);
        }
        return array;
    }

    private static ObjectNode json(Decision decision) {
        ObjectNode node = JsonNodeFactory.instance.objectNode()
                .put("kind", decision.kind().name().toLowerCase(Locale.ROOT))
                .put("reason", decision.reason().text());
        decision.from().forEach(node.putArray("from")::add);
        decision.to().forEach(node.putArray("to")::add);
        return node;
    }
}
