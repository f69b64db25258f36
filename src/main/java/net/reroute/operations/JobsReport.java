package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Intent;
import net.reroute.core.Playbook;
import net.reroute.journal.JournalRow;
import net.reroute.notify.Outbox;

/**
 * What is due when.
 *
 * @param daemon false if no daemon runs: then none of this will happen
 * @param underWay playbooks that are running, for people
 */
public record JobsReport(boolean daemon, List<Job> playbooks, List<Intent> maintenances, List<String> underWay,
        List<Outbox.ChannelReport> channels) {

    /**
     * A playbook.
     *
     * @param next when its schedule starts it; empty if it has none
     * @param last the end of its last run
     */
    public record Job(Playbook playbook, Optional<Instant> next, Optional<JournalRow> last) {}
}
