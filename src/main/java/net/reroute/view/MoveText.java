package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.reroute.core.Durations;
import net.reroute.core.Frontend;
import net.reroute.core.Outcome;
import net.reroute.core.Service;
import net.reroute.operations.MoveReport;

/** Results of moves, as text and as JSON. */
public final class MoveText {

    private MoveText() {}

    /** @param nothing the text if nothing had to be moved */
    public static List<String> lines(MoveReport report, String nothing, Style style) {
        List<String> lines = new ArrayList<>();
        report.outcomes().forEach(o -> lines.addAll(lines(o, report.dryRun(), style)));
        return lines.isEmpty() ? List.of(nothing) : lines;
    }

    private static List<String> lines(Outcome outcome, boolean dryRun, Style style) {
        List<String> lines = new ArrayList<>();
        boolean moved = outcome.decision().isMove();
        lines.add((outcome.exitCode() == 0 ? style.green("ok") : style.red("failed")) + "  "
                + (moved ? outcome.decision().arrow() : outcome.decision().service().name()) + ": "
                + outcome.decision().reason().text());
        outcome.routers().forEach(r -> {
            if (r.kind() == Outcome.Kind.SHOWN && r.typed().size() > 1) {
                lines.add("    " + r.router() + ": would type:");
                r.typed().forEach(l -> lines.add("        " + l));
            } else {
                lines.add(r.good() ? "    " + r : style.red("    " + r));
            }
        });
        if (!outcome.phases().isEmpty()) {
            lines.add("    " + outcome.phases().entrySet().stream().map(e -> e.getKey() + " " + e.getValue() + " ms")
                    .collect(Collectors.joining(", ")));
        }
        if (dryRun && moved) {
            lines.add("    " + meaning(outcome.decision().service()));
        }
        return lines;
    }

    /** What a move means for clients. */
    private static String meaning(Service service) {
        return switch (service.frontend()) {
            case Frontend.Routed routed -> switch (routed.flows().mode()) {
                case FOLLOW ->
                    "established TCP connections would meet another server and break; new ones would not notice";
                case KEEP -> "connections that exist would stay where they are"
                        + routed.flows().patience().map(p -> ", for at most " + Durations.text(p)).orElse("");
                case CUT -> "established TCP connections would be reset by the router; new ones would not notice";
            };
            case Frontend.Announced announced ->
                "established TCP connections may meet a server of another site and break; new ones would not notice";
            case Frontend.DnsName name -> "clients would follow when their caches expire";
            case Frontend.Balanced balanced -> "connections that exist would stay where they are";
            case Frontend.Switched switched -> "connections that exist would stay where they are";
        };
    }

    public static ArrayNode json(MoveReport report) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        report.outcomes().forEach(o -> array.add(json(o)));
        return array;
    }

    private static ObjectNode json(Outcome outcome) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("service", outcome.decision().service().name());
        node.put("prefix", outcome.decision().service().clientsUse());
        outcome.decision().from().forEach(node.putArray("from")::add);
        outcome.decision().to().forEach(node.putArray("to")::add);
        node.put("reason", outcome.decision().reason().text()).put("exit", outcome.exitCode());
        ArrayNode routers = node.putArray("routers");
        outcome.routers().forEach(r -> {
            ObjectNode router = routers.addObject().put("router", r.router())
                    .put("outcome", r.kind().name().toLowerCase(Locale.ROOT)).put("text", r.text());
            r.typed().forEach(router.putArray("typed")::add);
        });
        ObjectNode phases = node.putObject("milliseconds");
        outcome.phases().forEach(phases::put);
        return node;
    }
}
