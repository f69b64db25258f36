package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.reroute.core.CheckSpec;
import net.reroute.core.Durations;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.Text;
import net.reroute.operations.ValidationReport;

/** A valid inventory, as text: its size, and how soon it would notice a dead server. */
public final class ValidationText {

    private ValidationText() {}

    public static List<String> lines(ValidationReport report, Style style) {
        Inventory inventory = report.inventory();
        List<String> lines = new ArrayList<>();
        lines.add("good: " + count(inventory.routers().size(), "router") + ", "
                + count(inventory.servers().size(), "server") + ", " + count(inventory.services().size(), "service")
                + more(inventory.names().size(), "name") + more(inventory.switches().size(), "switch")
                + playbooks(inventory.response().playbooks().values()));
        Table table = new Table("CHECK", "EVERY", "FAST", "TIMEOUT", "FALL", "A DEAD SERVER IS NOTICED WITHIN");
        inventory.checks().values().forEach(c -> row(table, c));
        lines.addAll(table.lines(style));
        report.notes().forEach(n -> lines.addAll(Text.wrap(style.yellow("note") + ": " + n, style.width())));
        return lines;
    }

    /** The same as JSON. */
    public static ObjectNode json(ValidationReport report) {
        Inventory inventory = report.inventory();
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("routers", inventory.routers().size())
                .put("servers", inventory.servers().size()).put("services", inventory.services().size())
                .put("names", inventory.names().size()).put("switches", inventory.switches().size())
                .put("playbooks", inventory.response().playbooks().size());
        ArrayNode checks = node.putArray("checks");
        inventory.checks().values().forEach(c -> checks.addObject().put("name", c.name())
                .put("noticedWithinMilliseconds", c.timers().worstDetection().toMillis()));
        report.notes().forEach(node.putArray("notes")::add);
        return node;
    }

    private static String more(int n, String what) {
        String plural = what + (what.endsWith("h") ? "es" : "s");
        String named = n == 1 ? what : plural;
        return n == 0 ? "" : ", " + n + " " + named;
    }

    private static String playbooks(Collection<Playbook> all) {
        long enabled = all.stream().filter(Playbook::enabled).count();
        return all.isEmpty() ? "" : ", " + count(all.size(), "playbook") + " (" + enabled + " enabled)";
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static void row(Table table, CheckSpec check) {
        CheckSpec.Timers t = check.timers();
        table.row(check.name(), Durations.text(t.every()), Durations.text(t.fast()), Durations.text(t.timeout()),
                Integer.toString(t.fall()), Durations.text(t.worstDetection()));
    }
}
