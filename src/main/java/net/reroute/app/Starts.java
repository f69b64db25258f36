package net.reroute.app;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Schedule;
import net.reroute.core.Playbook.When.At;
import net.reroute.journal.Journal;
import net.reroute.journal.Memory.Kept;
import net.reroute.schedule.Cron;

/** When playbooks with a schedule start. */
final class Starts {

    private Starts() {}

    /** The first start after a moment, without jitter; empty if there is none any more. */
    static Optional<Instant> next(At at, Instant after) {
        return switch (at.schedule()) {
            case Schedule.Cron cron -> new Cron(cron.expression(), cron.zone()).next(after);
            case Schedule.Every every -> Optional.of(after.plus(every.interval()));
        };
    }

    /**
     * Tells of starts that were missed while nobody ran, and makes up for them where that is wanted.
     *
     * @param last when each was last due, as a text
     */
    static void makeUp(Engine engine, Backstage backstage, Journal journal, Map<String, String> last) {
        Instant now = Instant.now();
        engine.inventory.response().playbooks().values().stream().filter(Playbook::enabled).forEach(playbook -> {
            if (playbook.when().orElse(null) instanceof At at) {
                Optional<Instant> due = Optional.ofNullable(last.get(playbook.name())).map(Instant::parse)
                        .flatMap(l -> next(at, l)).filter(n -> n.isBefore(now));
                journal.remember(m -> m.keep(Kept.JOB, playbook.name(), now.toString()));
                due.ifPresent(d -> backstage.plays().missed(playbook, d, at.missed()));
            }
        });
    }
}
