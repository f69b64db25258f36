package net.reroute.app;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.reroute.api.SocketServer;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.control.AuditLog;
import net.reroute.control.RefreshScope;
import net.reroute.core.Event;
import net.reroute.core.Facts.HealthChanged;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Health;
import net.reroute.core.Instants;
import net.reroute.core.Inventory;
import net.reroute.core.Login;
import net.reroute.core.Playbook;
import net.reroute.core.ProgramRemarks.Gap;
import net.reroute.core.ProgramRemarks.Late;
import net.reroute.core.RecordedState;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Target;
import net.reroute.health.Flaps;
import net.reroute.health.HealthListener;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.Journal;
import net.reroute.operations.DirectOperations;
import net.reroute.operations.RefusedReload;
import net.reroute.schedule.ClockWatch;
import net.reroute.schedule.PauseWatch;
import net.reroute.schedule.Timetable;
import net.reroute.ssh.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that watches. Stopping it leaves every route as it is. */
final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    /** Somebody may just be looking who holds the lock. */
    private static final Duration FOR_A_LOOK = Duration.ofMillis(200);
    private static final Duration TO_STOP = Duration.ofMillis(900);
    /** EX_SOFTWARE of sysexits(3). */
    private static final int STANDS_STILL = 70;
    private static final Duration LAST_WORDS = Duration.ofMillis(300);
    private final Paths home;
    private final Environment world;
    private final Journal journal;
    private final Timetable timetable = new Timetable();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final BackgroundServices backstage;
    /** Of their own: a playbook that takes its time must not be the end of a question, nor the other way round. */
    private final Sessions heldSessions = new Sessions();
    private final Readers readers = new Readers();
    private final JournalCare journalCare;
    private final AddressCheck held;
    private final ControllerRuntime engine;
    private final Reloads reloads;
    private final ServiceManager manager = ServiceManager.of(System.getenv(), ProcessHandle.current().pid());
    private final Heartbeat heartbeat;

    private Daemon(Paths home, Environment world, Journal journal, BackgroundServices backstage,
            ControllerRuntime engine) {
        this.backstage = backstage;
        this.held = new AddressCheck(heldSessions);
        this.home = home;
        this.world = world;
        this.journal = journal;
        this.engine = engine;
        this.journalCare = new JournalCare(engine, backstage, journal);
        this.reloads = new Reloads(engine, () -> world.reader().read(home.home()), this::take);
        backstage.holdBy(reloads::hold);
        long now = System.nanoTime();
        PauseWatch pause = new PauseWatch(this::shortestInterval,
                new PauseWatch.Consequence(engine.controller::forget, this::awoke), now, Heartbeat.uptime().orElse(0));
        engine.monitor.watch(() -> pause.look(System.nanoTime()));
        this.heartbeat = new Heartbeat(new ClockWatch(this::clockStepped, Instant.now(), now), pause, manager,
                new Heartbeat.Watched(this::stuck, this::alarm, Daemon::giveUp));
    }

    /**
     * Runs until SIGTERM.
     *
     * @param begun told when it has begun
     */
    static void run(Paths home, Environment world, Consumer<Daemon> begun)
            throws RequestRefusedException, BadInventoryException, IOException {
        Inventory inventory = world.reader().read(home.home());
        try (StateLock lock = StateLock.take(home.state(), "daemon", FOR_A_LOOK)) {
            Natives.clean(home.state());
            Files.setPosixFilePermissions(home.state(), StateLock.FOLDER);
            Journal journal = Journal.open(home.state());
            AuditLog recorder = AuditLog.of(journal);
            RecordedState before = recorder.state();
            BackgroundServices backstage = new BackgroundServices(Optional.of(PersistentOutbox.open(recorder)), home);
            before.notes(Shelf.CERTIFICATE).forEach((target, at) -> Instants.read(at)
                    .ifPresent(i -> backstage.certificates().put(target, i)));
            ControllerRuntime engine = ControllerRuntime.of(world, inventory, new ControllerRuntime.Beginning(recorder,
                    inventory.services().keySet(), backstage));
            try (Daemon daemon = new Daemon(home, world, journal, backstage, engine);
                    SocketServer door = SocketServer.open(home.socket(),
                            (request, who, out, err) -> Cli.run(request.args(),
                                    new DirectOperations(new DaemonAccess(daemon, who)), new NoProcesses(),
                                    new Console(out, err, request.width(), request.colour(), request.actor(who))))) {
                backstage.lookAtOther(); // while this one was away, the other may have been told to act
                backstage.plays().cutOff(before.notes(Shelf.PLAY));
                MissedRuns.makeUpLater(engine, backstage, before.notes(Shelf.JOB));
                daemon.begin(lock, door, begun);
            }
        }
    }

    private void begin(StateLock lock, SocketServer door, Consumer<Daemon> begun) {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> LOG.error("{} ended with a mistake of the program",
                thread.getName(), e)); // and not to standard error, which may be blocked
        engine.monitor.listen(new Listener());
        lookAfterAll(Cause.of("started"));
        held.ask(engine);
        backstage.plays().standBy();
        Signals.hangup(world.practice() ? this::stop : this::reloadOnSignal);
        CountDownLatch stopped = new CountDownLatch(1);
        if (!world.practice()) {
            Signals.stop(() -> {
                if (!stopAndAwait(stopped)) {
                    Runtime.getRuntime().halt(0); // it was told to end, and something in it does not
                }
            });
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndAwait(stopped)));
        LOG.info("started {}: {}, {}, {}", home.home(), summary(), door, lock);
        engine.controller.recorder().tell(Event.Kind.STARTED, Map.of("text", "reroute started on " + home.home()
                + " with " + engine.inventory().services().size() + " services"));
        journalCare.begin();
        manager.ready(summary());
        begun.accept(this);
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        manager.stopping();
        close();
        LOG.info("stopped; every route stays as it is");
        LogLines.flush(LAST_WORDS);
        stopped.countDown();
    }

    private boolean stopAndAwait(CountDownLatch stopped) {
        stop.countDown();
        try {
            return stopped.await(TO_STOP.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String summary() {
        return engine.inventory().services().size() + " services, mode "
                + (engine.inventory().settings().act() ? "act" : "observe");
    }

    /** What follows from the inventory in force. */
    private void lookAfterAll(Cause cause) {
        engine.ownNextHops();
        engine.controller.cycle(cause, RefreshScope.ALL);
        timetable.plan(new RecurringJobs(engine, journalCare, heartbeat).entries(held, backstage));
    }

    private void take(Inventory next) throws IOException {
        manager.reloading();
        try {
            engine.adopt(next);
            backstage.work(engine.controller);
            backstage.sessions().keepOnly(logins(next));
            heldSessions.keepOnly(logins(next));
            lookAfterAll(Cause.of("reload"));
            held.askNew(engine);
            backstage.plays().standBy();
            engine.monitor.unchecked().forEach(engine.rounds::start);
        } finally {
            manager.ready(summary());
        }
    }

    // ---- health and time -----------------------------------------------------------------------------------------

    private final class Listener implements HealthListener {

        @Override
        public void changed(Target target, Health before, Health now) {
            healthChanged(target, before, now);
        }

        @Override
        public void sighted(Target target) {
            engine.controller.pool().sighted(target.server());
        }

        @Override
        public void suspected(Target target, Health now) {
            engine.health.suspected(target, now);
        }

        @Override
        public void unsteady(Target target, Health now, Flaps.Count count) {
            engine.health.unsteady(target, now, count);
        }

        @Override
        public void certified(Target target, Instant until) {
            engine.health.certified(target, until);
        }
    }

    private void healthChanged(Target target, Health before, Health now) {
        if (now.state() != before.state()) {
            if (now.state() != Health.State.UNKNOWN) {
                engine.controller.recorder().record(
                        new HealthChanged(target, new Settled(now.state(), now.since()), said(now)));
            }
            boolean asExpected = before.state() == Health.State.UNKNOWN && now.state() == Health.State.UP;
            if (!asExpected) {
                LOG.info("health {}: {} -> {} ({})", target, before.state(), now.state(), said(now));
            }
        }
        engine.health.changed(target, before, now);
        engine.controller.cycle(Cause.of(target + " " + now.state()), RefreshScope.NONE);
    }

    private static String said(Health health) {
        return health.last() == null ? "" : health.last().said();
    }

    private void clockStepped(Duration by) {
        LOG.warn("clock: somebody set it by {} ms; nothing depends on it but what goes by the hour", by.toMillis());
        timetable.replan();
    }

    private Duration shortestInterval() {
        return engine.inventory().checks().values().stream().map(c -> c.timers().every()).min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** What was known is forgotten by now. Whoever found out is about to go on, and does not wait for this. */
    private void awoke(Duration gap) {
        Thread.ofPlatform().daemon().name("awake").start(() -> {
            engine.controller.recorder().record(new Gap(gap));
            timetable.replan();
            engine.controller.pool().keepWarm();
            engine.controller.cycle(Cause.of("awake again"), RefreshScope.ALL);
            held.ask(engine);
            backstage.lookAtOther(); // it may have been told to act meanwhile
        });
    }

    /** What of the watch does not go on. */
    private Optional<String> stuck() {
        Duration cycle = engine.controller.cycleLasts();
        if (cycle.compareTo(Heartbeat.STUCK) > 0) {
            return Optional.of("a cycle has not ended for " + cycle.toSeconds() + "s");
        }
        return engine.monitor.standsStill().map(age -> "no check has ended for " + age.toSeconds() + "s");
    }

    private void alarm(String why) {
        engine.controller.recorder().record(new Late(why));
    }

    /** The last resort: every route stays, and whoever started this process starts it anew. */
    private static void giveUp() {
        LOG.error("the watch has not gone on for {}s; this process ends, to be started anew; every route stays as it"
                + " is", Heartbeat.LOST.toSeconds());
        LogLines.flush(LAST_WORDS);
        Runtime.getRuntime().halt(STANDS_STILL);
    }

    // ---- what others ask -----------------------------------------------------------------------------------------

    /** As SIGHUP does. */
    void reloadOnSignal() {
        reloads.onSignal();
    }

    Optional<RefusedReload> refusedReload() {
        return reloads.refused();
    }

    List<String> reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException {
        if (world.practice()) {
            throw new RequestRefusedException(
                    "a rehearsal keeps the inventory it began with; end it and begin another");
        }
        return reloads.reload(force, dryRun);
    }

    /** Nothing is reloaded while somebody acts by hand. Returns what ends that. */
    Runnable holdInventory() {
        return reloads.hold();
    }

    private static List<Login> logins(Inventory of) {
        return Stream.concat(of.servers().values().stream().flatMap(s -> s.login().stream()),
                of.settings().peer().stream().map(Inventory.Peer::login)).toList();
    }

    /** As SIGTERM does. */
    void stop() {
        stop.countDown();
    }

    /** When a playbook starts next, jitter and all. */
    Optional<Instant> next(Playbook playbook) {
        return timetable.next(RecurringJobs.name(playbook));
    }

    BackgroundServices backstage() {
        return backstage;
    }

    ControllerRuntime engine() {
        return engine;
    }

    Readers readers() {
        return readers;
    }

    Paths home() {
        return home;
    }

    @Override
    public void close() {
        heartbeat.close();
        timetable.close();
        backstage.close();
        heldSessions.close();
        engine.close();
        journal.close();
    }
}
