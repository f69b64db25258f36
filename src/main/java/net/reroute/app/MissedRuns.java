package net.reroute.app;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.AuditLog;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Instants;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Schedule;
import net.reroute.core.Playbook.When.At;
import net.reroute.schedule.Cron;
import net.reroute.schedule.EachInterval;

/** When playbooks with a schedule start, and which starts were missed. */
final class MissedRuns {

    private static final Duration VERDICTS = Duration.ofSeconds(30);

    private MissedRuns() {}

    /** The first start after a moment, without jitter; empty if there is none. */
    static Optional<Instant> next(At at, Instant after) {
        return switch (at.schedule()) {
            case Schedule.Cron cron -> new Cron(cron.expression(), cron.zone()).next(after);
            case Schedule.Every every -> new EachInterval(every.interval()).next(after);
        };
    }

    /**
     * Reports starts that were missed while no daemon ran, and makes up for them if the playbook asks for it. It does
     * so in the background, after every server has a verdict: earlier, a playbook would be refused.
     *
     * @param last when each playbook was last due, as ISO text
     */
    static void makeUpLater(ControllerRuntime runtime, BackgroundServices background, Map<String, String> last) {
        Instant now = Instant.now();
        AuditLog audit = runtime.controller.audit();
        Map<Playbook, Instant> missed = new LinkedHashMap<>();
        runtime.inventory().response().playbooks().values().forEach(playbook -> {
            if (playbook.enabled() && playbook.when().orElse(null) instanceof At at) {
                Optional.ofNullable(last.get(playbook.name())).flatMap(Instants::read).flatMap(l -> next(at, l))
                        .filter(n -> n.isBefore(now)).ifPresent(due -> missed.put(playbook, due));
                if (missed.containsKey(playbook) || !last.containsKey(playbook.name())) {
                    audit.record(new NoteKept(Shelf.JOB, playbook.name(), now.toString()));
                }
            } else {
                audit.record(new NotesDropped(Shelf.JOB, List.of(playbook.name()))); // it misses nothing while disabled
            }
        });
        if (!missed.isEmpty()) {
            Thread.ofPlatform().daemon().name("missed").start(() -> makeUp(runtime, background, missed));
        }
    }

    private static void makeUp(ControllerRuntime runtime, BackgroundServices background,
            Map<Playbook, Instant> missed) {
        try {
            runtime.awaitVerdicts(runtime.monitor.targets(), VERDICTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // reroute ends
        }
        missed.forEach((playbook, due) -> background.playbooks().missed(playbook, due,
                ((At) playbook.when().orElseThrow()).missed()));
    }
}
