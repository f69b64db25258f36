package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Locale;
import java.util.stream.Collectors;
import net.reroute.core.Durations;
import net.reroute.core.Frontend;
import net.reroute.core.Names;
import net.reroute.core.Outcome;
import net.reroute.core.Service;
import net.reroute.core.Text;
import net.reroute.operations.MoveReport;

/** Results of moves, as text and as JSON. */
public final class MoveText {

    /** More outcomes than this are counted. */
    private static final int MANY = 20;

    private MoveText() {}

    /** @param nothing the text if nothing had to be moved */
    public static List<String> lines(MoveReport report, String nothing, Style style) {
        List<String> lines = new ArrayList<>();
        if (report.outcomes().size() > MANY) {
            lines.addAll(together(report, style));
        } else {
            report.outcomes().forEach(o -> lines.addAll(lines(o, report.dryRun(), style)));
        }
        report.refused().forEach((service, why) -> lines.add(style.red("refused") + "  " + service + ": " + why));
        return lines.isEmpty() ? List.of(nothing) : lines;
    }

    /** Many outcomes: equal ones are counted, and those that failed come first. */
    private static List<String> together(MoveReport report, Style style) {
        Map<List<Object>, List<Outcome>> alike = new LinkedHashMap<>();
        report.outcomes().stream().sorted(Comparator.comparing((Outcome o) -> o.exitCode() == 0))
                .forEach(o -> alike.computeIfAbsent(List.of(o.exitCode(), o.decision().from(), o.decision().to(),
                        o.decision().reason().text(), o.routers().stream().map(r -> r.router() + r.kind()).toList()),
                        k -> new ArrayList<>()).add(o));
        List<String> lines = new ArrayList<>();
        alike.values().forEach(group -> {
            Outcome first = group.getFirst();
            if (group.size() == 1) {
                lines.addAll(lines(first, report.dryRun(), style));
                return;
            }
            lines.add((first.exitCode() == 0 ? style.green("ok") : style.red("failed")) + "  "
                    + Text.count(group.size(), "service") + " "
                    + Table.names(first.decision().from()) + " -> " + Table.names(first.decision().to()) + ": "
                    + first.decision().reason().text());
            lines.add("    " + Names.some(group.stream().map(o -> o.decision().service().name()).toList()));
            first.routers().forEach(r -> lines.add("    for " + first.decision().service().name() + ", " + r));
        });
        return lines;
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
        report.refused().forEach((service, why) -> array.addObject().put("service", service).put("exit", 1)
                .put("reason", why).put("refused", true));
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
