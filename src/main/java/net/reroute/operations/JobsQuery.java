package net.reroute.operations;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Intent;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.When;
import net.reroute.core.ProgramRemarks.Played;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.JournalException;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.operations.JobsReport.Job;

/** Collects what is due. */
record JobsQuery(ControllerAccess access) {

    JobsReport report() throws BadInventoryException, IOException {
        Inventory inventory = access.inventory();
        Map<String, JournalRow> last = new LinkedHashMap<>();
        List<Intent> windows = List.of();
        try (JournalReader journal = access.journal()) {
            for (String playbook : inventory.response().playbooks().keySet()) {
                journal.last("play", playbook, r -> r instanceof Played played && played.phase().isOver())
                        .ifPresent(e -> last.put(playbook, e));
            }
            windows = journal.state().intents().windows();
        } catch (JournalException e) {
            last.clear(); // there is no journal yet
        }
        List<Job> jobs = new ArrayList<>();
        inventory.response().playbooks().values()
                .forEach(p -> jobs.add(new Job(p, next(p), Optional.ofNullable(last.get(p.name())))));
        return new JobsReport(access.isDaemon(), jobs, windows, access.underWay(), access.outbox());
    }

    private Optional<Instant> next(Playbook playbook) {
        return playbook.enabled() && playbook.when().orElse(null) instanceof When.At
                ? access.next(playbook)
                : Optional.empty();
    }
}
