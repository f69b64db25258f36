package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Durations;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Schedule;
import net.reroute.core.Playbook.When;
import net.reroute.journal.JournalRow;
import net.reroute.operations.JobsReport;

/** What is due, as text and as JSON. */
public final class JobsText {

    private JobsText() {}

    public static List<String> lines(JobsReport report, Style style) {
        List<String> lines = new ArrayList<>();
        if (!report.daemon()) {
            lines.add(style.yellow("no daemon is running: nothing of this will happen"));
        }
        lines.addAll(section(playbooks(report), "there are no playbooks", style));
        lines.addAll(section(maintenances(report), "no maintenance is planned", style));
        report.underWay().forEach(u -> lines.add("under way: " + u));
        lines.addAll(section(channels(report, style), "", style));
        return lines;
    }

    private static List<String> section(Table table, String none, Style style) {
        if (!table.isEmpty()) {
            return table.lines(style);
        }
        return none.isEmpty() ? List.of() : List.of(none);
    }

    private static Table playbooks(JobsReport report) {
        Table table = new Table("PLAYBOOK", "STARTS", "NEXT", "LAST");
        report.playbooks().forEach(j -> table.row(j.playbook().name(), starts(j.playbook()),
                j.next().map(MomentText::exact).orElse("-"),
                j.last().map(e -> MomentText.exact(e.at()) + " " + e.text()).orElse("never")));
        return table;
    }

    private static String starts(Playbook playbook) {
        String starts = switch (playbook.when().orElse(null)) {
            case null -> "by hand";
            case When.On on -> "at " + on.kind().word() + (on.filter().isEmpty() ? "" : " " + on.filter())
                    + (on.beforeMove() ? ", before a move" : "");
            case When.At at -> schedule(at.schedule())
                    + (at.jitter().isZero() ? "" : ", up to " + Durations.text(at.jitter()) + " later");
        };
        return playbook.enabled() || playbook.when().isEmpty() ? starts : "not enabled (" + starts + ")";
    }

    private static String schedule(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Cron cron -> cron.expression() + " " + cron.zone();
            case Schedule.Every every -> "every " + Durations.text(every.interval());
        };
    }

    private static Table maintenances(JobsReport report) {
        Table table = new Table("MAINTENANCE", "FROM", "UNTIL", "");
        report.maintenances().forEach(w -> table.row(w.server(), MomentText.exact(w.from().orElseThrow()),
                MomentText.exact(w.until().orElseThrow()), w.by().toString()));
        return table;
    }

    private static Table channels(JobsReport report, Style style) {
        Table table = new Table("CHANNEL", "WAITING", "");
        report.channels().forEach(c -> table.row(c.channel(), Integer.toString(c.waiting()),
                c.trouble().isEmpty() ? "" : style.red(c.trouble())));
        return table;
    }

    public static ObjectNode json(JobsReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode playbooks = root.putArray("playbooks");
        report.playbooks().forEach(j -> playbooks.addObject().put("name", j.playbook().name())
                .put("enabled", j.playbook().enabled()).put("starts", starts(j.playbook()))
                .put("next", j.next().map(Instant::toString).orElse(null))
                .put("last", j.last().map(e -> e.at().toString()).orElse(null))
                .put("said", j.last().map(JournalRow::text).orElse(null)));
        ArrayNode planned = root.putArray("maintenances");
        report.maintenances().forEach(w -> planned.add(MaintenanceText.json(w)));
        report.underWay().forEach(root.putArray("underWay")::add);
        ArrayNode channels = root.putArray("channels");
        report.channels().forEach(c -> channels.addObject().put("name", c.channel()).put("waiting", c.waiting())
                .put("trouble", c.trouble()));
        return root;
    }
}
