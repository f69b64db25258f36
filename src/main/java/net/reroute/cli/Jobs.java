package net.reroute.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Durations;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Schedule;
import net.reroute.core.Playbook.When;
import net.reroute.core.ProgramRemarks.Played;
import net.reroute.core.Wish;
import net.reroute.journal.JournalException;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.notify.Outbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** reroute jobs. */
@Command(name = "jobs", description = "What is due when: playbooks, planned maintenances, what people are still to be told.")
final class Jobs extends Work {

    private List<Wish> windows = List.of();

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Inventory inventory = office().inventory();
        Map<String, JournalRow> last = last(inventory);
        if (json) {
            json(json(inventory, last));
            return ExitCodes.DONE;
        }
        if (!office().isDaemon()) {
            say(console().yellow("no daemon is running: nothing of this will happen"));
        }
        section(playbooks(inventory, last), "there are no playbooks");
        section(maintenances(), "no maintenance is planned");
        office().underWay().forEach(u -> say("under way: " + u));
        section(channels(), "");
        return ExitCodes.DONE;
    }

    private void read(JournalReader journal, Inventory inventory, Map<String, JournalRow> last) throws IOException {
        for (String playbook : inventory.response().playbooks().keySet()) {
            journal.last("play", playbook, r -> r instanceof Played played && played.phase().isOver())
                    .ifPresent(e -> last.put(playbook, e));
        }
        windows = journal.state().wishes().windows();
    }

    private void section(Table table, String none) {
        if (!table.isEmpty()) {
            table.lines(console()).forEach(this::say);
        } else if (!none.isEmpty()) {
            say(none);
        }
    }

    private Map<String, JournalRow> last(Inventory inventory) throws IOException {
        Map<String, JournalRow> last = new LinkedHashMap<>();
        try (JournalReader journal = office().journal()) {
            read(journal, inventory, last);
        } catch (JournalException e) {
            return last; // nothing was ever written
        }
        return last;
    }

    private Table playbooks(Inventory inventory, Map<String, JournalRow> last) {
        Table table = new Table("PLAYBOOK", "STARTS", "NEXT", "LAST");
        inventory.response().playbooks().values().forEach(p -> table.row(p.name(), starts(p),
                next(p).map(Moment::exact).orElse("-"), Optional.ofNullable(last.get(p.name()))
                        .map(e -> Moment.exact(e.at()) + " " + e.text()).orElse("never")));
        return table;
    }

    private Optional<Instant> next(Playbook playbook) {
        return playbook.enabled() && playbook.when().orElse(null) instanceof When.At
                ? office().next(playbook)
                : Optional.empty();
    }

    private static String starts(Playbook playbook) {
        String starts = switch (playbook.when().orElse(null)) {
            case null -> "by hand";
            case When.On on -> "at " + on.kind().word() + (on.filter().isEmpty() ? "" : " " + on.filter())
                    + (on.beforeMove() ? ", before a move" : "");
            case When.At at -> switch (at.schedule()) {
                case Schedule.Cron cron -> cron.expression() + " " + cron.zone();
                case Schedule.Every every -> "every " + Durations.text(every.interval());
            } + (at.jitter().isZero() ? "" : ", up to " + Durations.text(at.jitter()) + " later");
        };
        return playbook.enabled() || playbook.when().isEmpty() ? starts : "not enabled (" + starts + ")";
    }

    private Table maintenances() {
        Table table = new Table("MAINTENANCE", "FROM", "UNTIL", "");
        windows.forEach(w -> table.row(w.server(), Moment.exact(w.from().orElseThrow()),
                Moment.exact(w.until().orElseThrow()), w.by().toString()));
        return table;
    }

    private Table channels() {
        Table table = new Table("CHANNEL", "WAITING", "");
        for (Outbox.Report report : office().outbox()) {
            table.row(report.channel(), Integer.toString(report.waiting()),
                    report.trouble().isEmpty() ? "" : console().red(report.trouble()));
        }
        return table;
    }

    private ObjectNode json(Inventory inventory, Map<String, JournalRow> last) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode playbooks = root.putArray("playbooks");
        inventory.response().playbooks().values().forEach(p -> {
            ObjectNode node = playbooks.addObject().put("name", p.name()).put("enabled", p.enabled())
                    .put("starts", starts(p)).put("next", next(p).map(Instant::toString).orElse(null));
            JournalRow end = last.get(p.name());
            node.put("last", end == null ? null : end.at().toString()).put("said", end == null ? null : end.text());
        });
        ArrayNode planned = root.putArray("maintenances");
        windows.forEach(w -> planned.add(Moves.WindowJson.of(w)));
        office().underWay().forEach(root.putArray("underWay")::add);
        ArrayNode channels = root.putArray("channels");
        office().outbox().forEach(r -> channels.addObject().put("name", r.channel()).put("waiting", r.waiting())
                .put("trouble", r.trouble()));
        return root;
    }
}
