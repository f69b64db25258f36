package net.reroute.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.reroute.control.RefreshScope;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Schedule;
import net.reroute.core.RouterSpec.Save;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Target;
import net.reroute.schedule.Cron;
import net.reroute.schedule.EachInterval;
import net.reroute.schedule.Recurrence;
import net.reroute.schedule.ScheduledTask;

/** The recurring jobs of the daemon. */
final class RecurringJobs {

    private static final Duration CYCLE = Duration.ofSeconds(30);
    /** Reading a table by its command line every half minute would cost an old router more than it is worth. */
    private static final Duration CLI_CYCLE = Duration.ofMinutes(5);
    /** Several moves in a row are saved once. */
    private static final Duration AFTER_MOVE = Duration.ofSeconds(20);
    private static final Duration KEEP_WARM = Duration.ofSeconds(5);
    private static final Duration COUNT = Duration.ofSeconds(2);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_PROBLEMS = Duration.ofSeconds(10);
    private static final Duration ASK_HELD = Duration.ofMinutes(1);
    private static final Duration HOURLY = Duration.ofHours(1);
    private static final Duration DAILY = Duration.ofHours(24);

    private final ControllerRuntime runtime;
    private final JournalCare journal;
    private final Heartbeat heartbeat;

    RecurringJobs(ControllerRuntime runtime, JournalCare journal, Heartbeat heartbeat) {
        this.runtime = runtime;
        this.journal = journal;
        this.heartbeat = heartbeat;
    }

    List<ScheduledTask> entries(AddressCheck held, BackgroundServices background) {
        List<ScheduledTask> entries = new ArrayList<>();
        for (Target target : runtime.monitor.targets()) {
            entries.add(new ScheduledTask("check " + target, runtime.monitor.spec(target).timers().every(),
                    () -> runtime.rounds.start(target)));
        }
        entries.addAll(ofAWitness());
        entries.add(new ScheduledTask("cycle", CYCLE,
                inThread(() -> runtime.controller.cycle(Cause.of("every 30s"), RefreshScope.CHEAP))));
        entries.add(new ScheduledTask("cycle with command lines", CLI_CYCLE,
                inThread(() -> runtime.controller.cycle(Cause.of("every 5m"), RefreshScope.ALL))));
        entries.add(new ScheduledTask("save after moves", AFTER_MOVE,
                () -> runtime.controller.pool().save(Save.AFTER_MOVE)));
        entries.add(new ScheduledTask("save daily", DAILY, () -> runtime.controller.pool().save(Save.DAILY)));
        entries.add(new ScheduledTask("keep sessions warm", KEEP_WARM, runtime.controller.pool()::keepWarm));
        entries.add(
                new ScheduledTask("count connections", COUNT, inThread(runtime.controller.pool()::countConnections)));
        entries.add(
                new ScheduledTask("announce takeovers", EVERY_SECOND, inThread(runtime.controller.pool()::announce)));
        entries.add(new ScheduledTask("ask for addresses", ASK_HELD, () -> held.ask(runtime)));
        entries.add(
                new ScheduledTask("stay logged in for playbooks", ASK_HELD, () -> background.playbooks().standBy()));
        entries.add(new ScheduledTask("look at problems", LOOK_AT_PROBLEMS, inThread(background::lookAtProblems)));
        entries.add(new ScheduledTask("look at the other controller", CYCLE, inThread(background::lookAtOther)));
        entries.add(new ScheduledTask("maintenance windows", EVERY_SECOND,
                inThread(() -> background.windows().look(Instant.now()))));
        entries.add(new ScheduledTask("prune the journal", DAILY, journal::prune));
        runtime.inventory().response().playbooks().values().stream().filter(Playbook::enabled)
                .forEach(p -> when(p, entries, background));
        return entries;
    }

    /** What is also done where nothing is watched. */
    List<ScheduledTask> ofAWitness() {
        return List.of(new ScheduledTask("heartbeat", EVERY_SECOND, inThread(heartbeat::beat)),
                new ScheduledTask("send the journal's anchor", HOURLY, inThread(journal::sendAnchor)),
                new ScheduledTask("tell of the journal", LOOK_AT_PROBLEMS, journal::tell));
    }

    private static void when(Playbook playbook, List<ScheduledTask> entries, BackgroundServices background) {
        if (playbook.when().orElse(null) instanceof Playbook.When.At at) {
            entries.add(new ScheduledTask(name(playbook), when(at),
                    inThread(() -> background.playbooks().due(playbook.name()))));
        }
    }

    /** The name of a playbook's job in the timetable. */
    static String name(Playbook playbook) {
        return "playbook " + playbook.name();
    }

    private static Recurrence when(Playbook.When.At at) {
        return switch (at.schedule()) {
            case Schedule.Cron cron -> new Recurrence.At(new Cron(cron.expression(), cron.zone()), at.jitter());
            case Schedule.Every every -> new Recurrence.At(new EachInterval(every.interval()), at.jitter());
        };
    }

    private static Runnable inThread(Runnable what) {
        return () -> Thread.ofPlatform().daemon().name("scheduled").start(what);
    }
}
