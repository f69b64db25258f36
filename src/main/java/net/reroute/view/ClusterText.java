package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.reroute.cluster.ClusterReport;
import net.reroute.cluster.ClusterReport.MemberReport;
import net.reroute.core.Durations;
import net.reroute.operations.ClusterStatus;

/** The controllers that stand in for each other, as text and as JSON. */
public final class ClusterText {

    private static final Duration SILENT = Duration.ofSeconds(2);

    private ClusterText() {}

    public static List<String> lines(ClusterReport report, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(first(report, style));
        Table table = new Table("CONTROLLER", "ROLE", "ADDRESS", "HEARD", "LACKS", "VERSION", "");
        report.members().forEach(m -> table.row(m.member().name() + (m.member().name().equals(report.self())
                ? " (here)"
                : ""), role(m), m.member().address().toString(), heard(m, report, style), lag(m), m.version(),
                remark(m, style)));
        lines.addAll(table.lines(style));
        return lines;
    }

    private static String first(ClusterReport report, Style style) {
        String by = report.byLease() ? "by a lease on the router" : "elected by majority";
        return report.leader().map(l -> l + " leads, " + by + " (epoch " + report.epoch() + ")")
                .orElseGet(() -> style.red((report.alone() ? report.self() + " acts alone" : "no controller leads")
                        + report.trouble().map(t -> ": " + t).orElse("")));
    }

    private static String role(MemberReport m) {
        if (!m.joined()) {
            return "not joined";
        }
        if (m.leads()) {
            return "leads";
        }
        return m.member().witness() ? "witness" : "follows";
    }

    private static String heard(MemberReport m, ClusterReport report, Style style) {
        if (m.member().name().equals(report.self())) {
            return "-";
        }
        return m.silence().map(s -> s.compareTo(SILENT) < 0 ? "now" : style.red(Durations.text(s) + " ago"))
                .orElse(style.red("never"));
    }

    private static String lag(MemberReport m) {
        return m.lag().map(l -> l == 0 ? "nothing" : l + " records").orElse("?");
    }

    private static String remark(MemberReport m, Style style) {
        List<String> remarks = new ArrayList<>();
        m.trouble().ifPresent(remarks::add);
        if (!m.sameInventory()) {
            remarks.add("has another inventory: copy the files, and 'reroute reload' there");
        }
        if (!m.unknown().isEmpty()) {
            remarks.add("is too old to lead: it does not know records of the kind " + String.join(", ", m.unknown()));
        }
        return remarks.isEmpty() ? "" : style.yellow(String.join("; ", remarks));
    }

    /** As status tells it. */
    static ObjectNode json(ClusterStatus status) {
        ObjectNode node = status.report().map(ClusterText::json).orElseGet(JsonNodeFactory.instance::objectNode);
        status.trouble().ifPresent(t -> node.put("trouble", t));
        ArrayNode atOdds = node.putArray("atOdds");
        status.atOdds().forEach(o -> {
            ObjectNode one = atOdds.addObject().put("server", o.server()).put("check", o.check())
                    .put("since", o.since().toString());
            ObjectNode seen = one.putObject("seen");
            o.seen().forEach((member, state) -> seen.put(member, state.name()));
        });
        return node;
    }

    /** Stable for programs. */
    public static ObjectNode json(ClusterReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("leader", report.leader().orElse(null)).put("self", report.self()).put("epoch", report.epoch())
                .put("by", report.byLease() ? "lease" : "raft").put("trouble", report.trouble().orElse(null))
                .put("alone", report.alone()).put("since", report.since().toString())
                .put("whenAlone", report.whenAlone().name().toLowerCase(Locale.ROOT));
        ArrayNode members = root.putArray("members");
        report.members().forEach(m -> members.add(member(m)));
        return root;
    }

    private static ObjectNode member(MemberReport m) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", m.member().name()).put("address", m.member().address().toString())
                .put("port", m.member().port()).put("witness", m.member().witness()).put("leads", m.leads())
                .put("joined", m.joined()).put("counts", m.counts()).put("version", m.version());
        number(node, "silentMillis", m.silence().map(Duration::toMillis));
        number(node, "lacks", m.lag());
        node.put("sameInventory", m.sameInventory()).put("trouble", m.trouble().orElse(null));
        ArrayNode unknown = node.putArray("unknown");
        m.unknown().forEach(unknown::add);
        return node;
    }

    private static void number(ObjectNode node, String key, Optional<Long> value) {
        if (value.isPresent()) {
            node.put(key, value.get());
        } else {
            node.putNull(key);
        }
    }
}
