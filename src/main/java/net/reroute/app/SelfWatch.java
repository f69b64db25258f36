package net.reroute.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.reroute.core.ProgramRemarks.Gap;
import net.reroute.core.ProgramRemarks.Late;
import net.reroute.schedule.ClockWatch;
import net.reroute.schedule.PauseWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches this process: pauses, steps of the clock, and whether checks and cycles still end. */
final class SelfWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    /** EX_SOFTWARE of sysexits(3). */
    private static final int STANDS_STILL = 70;

    private final boolean checks;
    private final ControllerRuntime runtime;
    private final Runnable replan;
    private final Runnable lookAgain;
    private final Heartbeat heartbeat;

    /**
     * Starts watching the clocks, and the rest once its heartbeat has begun.
     *
     * @param replan corrects the timetable after a step of the clock
     * @param lookAgain refreshes everything after a pause
     * @param checks false at a witness, where no check ever ends
     */
    SelfWatch(ControllerRuntime runtime, ServiceManager manager, Runnable replan, Runnable lookAgain,
            boolean checks) {
        this.checks = checks;
        this.runtime = runtime;
        this.replan = replan;
        this.lookAgain = lookAgain;
        long now = System.nanoTime();
        PauseWatch pause = new PauseWatch(this::shortestInterval,
                new PauseWatch.Consequence(runtime.controller::forget, this::awoke), now, Heartbeat.uptime().orElse(0));
        runtime.monitor.watch(() -> pause.look(System.nanoTime()));
        this.heartbeat = new Heartbeat(new ClockWatch(this::clockStepped, Instant.now(), now), pause, manager,
                new Heartbeat.Watched(this::stuck, this::alarm, SelfWatch::giveUp));
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    private void clockStepped(Duration by) {
        LOG.warn("clock: somebody set it by {} ms; nothing depends on it but what goes by the hour", by.toMillis());
        replan.run();
    }

    private Duration shortestInterval() {
        return runtime.inventory().checks().values().stream().map(c -> c.timers().every()).min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Old results are forgotten by now. The thread that noticed the pause goes on at once. */
    private void awoke(Duration gap) {
        Thread.ofPlatform().daemon().name("awake").start(() -> {
            runtime.controller.audit().record(new Gap(gap));
            lookAgain.run();
        });
    }

    /** Which part is stuck; empty if none is. */
    Optional<String> stuck() {
        Duration cycle = runtime.controller.cycleLasts();
        if (cycle.compareTo(Heartbeat.STUCK) > 0) {
            return Optional.of("a cycle has not ended for " + cycle.toSeconds() + "s");
        }
        return runtime.monitor.standsStill().filter(age -> checks)
                .map(age -> "no check has ended for " + age.toSeconds() + "s");
    }

    private void alarm(String why) {
        runtime.controller.audit().record(new Late(why));
    }

    /** The last resort: every route stays as it is, and the service manager starts the process again. */
    private static void giveUp() {
        LOG.error("the watch has not gone on for {}s; this process ends, to be started anew; every route stays as it"
                + " is", Heartbeat.LOST.toSeconds());
        LogLines.flush(LogLines.LAST_WORDS);
        Runtime.getRuntime().halt(STANDS_STILL);
    }

    @Override
    public void close() {
        heartbeat.close();
    }
}
