package net.reroute.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.reroute.api.Door;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.cli.Office;
import net.reroute.control.Flaps;
import net.reroute.control.Look;
import net.reroute.control.Monitor;
import net.reroute.control.Refusal;
import net.reroute.core.Address;
import net.reroute.core.Event;
import net.reroute.core.Health;
import net.reroute.core.Inventory;
import net.reroute.core.Login;
import net.reroute.core.Playbook;
import net.reroute.core.Remembered.Settled;
import net.reroute.core.Situation.Cause;
import net.reroute.core.Target;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.Draft;
import net.reroute.journal.Journal;
import net.reroute.journal.Memory;
import net.reroute.schedule.ClockWatch;
import net.reroute.schedule.Timetable;
import net.reroute.ssh.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that watches. Stopping it leaves every route as it is. */
final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final int EVERYBODY = 1000;
    /** Somebody may just be looking who holds the lock. */
    private static final Duration FOR_A_LOOK = Duration.ofMillis(200);
    private static final Duration TO_STOP = Duration.ofMillis(900);

    private final Home home;
    private final World world;
    private final Journal journal;
    private final Timetable timetable = new Timetable();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Backstage backstage;
    /** Of their own: a playbook that takes its time must not be the end of a question, nor the other way round. */
    private final Sessions heldSessions = new Sessions();
    private final HeldAsker held;
    // A semaphore and not a lock: whoever releases may be another thread than who acquired.
    private final Semaphore inventories = new Semaphore(EVERYBODY, true);
    private volatile Engine engine;
    private volatile Optional<Office.Refused> refused = Optional.empty();

    private Daemon(Home home, World world, Journal journal, Backstage backstage, Engine engine) {
        this.backstage = backstage;
        this.held = new HeldAsker(heldSessions);
        backstage.holdBy(this::holdInventory);
        this.home = home;
        this.world = world;
        this.journal = journal;
        this.engine = engine;
    }

    /**
     * Runs until SIGTERM.
     *
     * @param begun told when it has begun
     */
    static void run(Home home, World world, Consumer<Daemon> begun) throws Refusal, BadInventoryException, IOException {
        Inventory inventory = world.reader().read(home.home());
        try (StateLock lock = StateLock.take(home.state(), "daemon", FOR_A_LOOK)) {
            Files.setPosixFilePermissions(home.state(), PosixFilePermissions.fromString("rwxr-x---"));
            Journal journal = Journal.open(home.state());
            Map<String, String> cutOff = journal.kept(Memory.Kept.PLAY);
            Map<String, String> lastDue = journal.kept(Memory.Kept.JOB);
            Map<String, String> certificates = journal.kept(Memory.Kept.CERTIFICATE);
            Backstage backstage = new Backstage(Optional.of(KeptOutbox.open(journal)), home);
            certificates.forEach((target, at) -> backstage.certificates().put(target, Instant.parse(at)));
            Engine engine = Engine.of(world, inventory, new Engine.Beginning(Optional.of(journal),
                    journal.remembered(), inventory.services().keySet(), backstage));
            try (Daemon daemon = new Daemon(home, world, journal, backstage, engine);
                    Door door = Door.open(home.socket(), (request, who, out, err) -> Cli.run(request.args(),
                            new DaemonOffice(daemon),
                            new Console(out, err, request.width(), request.colour(), request.actor(who))))) {
                backstage.lookAtOther(); // while this one was away, the other may have been told to act
                backstage.plays().cutOff(cutOff);
                Starts.makeUpLater(engine, backstage, journal, lastDue);
                daemon.begin(lock, door, begun);
            }
        }
    }

    private void begin(StateLock lock, Door door, Consumer<Daemon> begun) {
        start(engine);
        Thread watch = new ClockWatch(this::clockStepped, Instant.now(), System.nanoTime()).start();
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
        LOG.info("started {}: {} services, mode {}, {}, {}", home.home(), engine.inventory.services().size(),
                engine.inventory.settings().act() ? "act" : "observe", door, lock);
        engine.controller.recorder().tell(Event.Kind.STARTED,
                Map.of("text", "reroute started on " + home.home() + " with " + engine.inventory.services().size()
                        + " services"));
        begun.accept(this);
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch.interrupt();
        close();
        LOG.info("stopped; every route stays as it is");
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

    // ---- one inventory after another -----------------------------------------------------------------------------

    private void start(Engine next) {
        next.monitor.listen(new Monitor.Listener() {
            @Override
            public void changed(Target target, Health before, Health now) {
                healthChanged(next, target, before, now);
            }

            @Override
            public void sighted(Target target) {
                next.controller.sighted(target.server());
            }

            @Override
            public void suspected(Target target, Health now) {
                next.health.suspected(target, now);
            }

            @Override
            public void unsteady(Target target, Health now, Flaps.Count count) {
                next.health.unsteady(target, now, count);
            }

            @Override
            public void certified(Target target, Instant until) {
                next.health.certified(target, until);
            }
        });
        next.inventory.services().values().forEach(service -> {
            List<Address> hops = next.inventory.nextHops(service.servers());
            journal.remember(m -> m.ours(service.name(), hops));
        });
        next.controller.cycle(Cause.of("started"), Look.ALL);
        timetable.plan(new Agenda(next, journal).entries(held, backstage));
        held.ask(next);
    }

    private void healthChanged(Engine of, Target target, Health before, Health now) {
        if (of == engine && now.state() != before.state()) {
            if (now.state() != Health.State.UNKNOWN) {
                journal.remember(m -> m.health(target, new Settled(now.state(), now.since())));
            }
            boolean asExpected = before.state() == Health.State.UNKNOWN && now.state() == Health.State.UP;
            if (!asExpected) {
                LOG.info("health {}: {} -> {} ({})", target, before.state(), now.state(), said(now));
            }
        }
        if (of == engine) {
            of.health.changed(target, before, now);
            if (now.state() != before.state()) {
                world.listener().accept(new Draft(Instant.now(), "health", "reroute", target.toString(),
                        target + " is " + now.state() + " (" + said(now) + ")", ""));
            }
            of.controller.cycle(Cause.of(target + " " + now.state()), Look.NONE);
        }
    }

    private static String said(Health health) {
        return health.last() == null ? "" : health.last().said();
    }

    private void clockStepped(Duration by) {
        LOG.warn("clock: somebody set it by {} ms; the schedule is planned anew, nothing else depends on it",
                by.toMillis());
        timetable.replan();
    }

    // ---- reload --------------------------------------------------------------------------------------------------

    /** As SIGHUP does. */
    void reloadOnSignal() {
        try {
            reload(false, false).forEach(change -> LOG.info("reload: {}", change));
        } catch (Throwable e) { // whatever it was: behind a signal stands no console that would show it
            String why = ReloadFailure.why(e);
            LOG.error("reload: refused, the last good inventory stays: {}", why, ReloadFailure.isOurs(e) ? e : null);
            engine.controller.recorder().tell(Event.Kind.TROUBLE, Map.of("text",
                    "reload refused, the last good inventory stays: " + why));
        }
    }

    Optional<Office.Refused> refusedReload() {
        return refused;
    }

    synchronized List<String> reload(boolean force, boolean dryRun) throws Refusal, BadInventoryException, IOException {
        if (world.practice()) {
            throw new Refusal("a rehearsal keeps the inventory it began with; end it and begin another");
        }
        try {
            List<String> changes = taken(force, dryRun);
            if (!dryRun) {
                refused = Optional.empty();
            }
            return changes;
        } catch (Throwable e) {
            if (!dryRun) {
                refused = Optional.of(new Office.Refused(Engine.CLOCK.instant(), ReloadFailure.why(e)));
            }
            throw e;
        }
    }

    private List<String> taken(boolean force, boolean dryRun) throws Refusal, BadInventoryException, IOException {
        Inventory next = world.reader().read(home.home());
        List<String> changes = Preview.of(engine, next, force);
        if (dryRun) {
            return changes;
        }
        inventories.acquireUninterruptibly(EVERYBODY);
        try {
            Engine before = engine;
            before.awaitIdle(Duration.ofSeconds(10)); // a move under way is finished by those who began it
            Engine after = Engine.of(world, next, new Engine.Beginning(Optional.of(journal),
                    before.controller.remembered(before.monitor.settled()), next.services().keySet(), backstage));
            after.monitor.carryOver(before.monitor);
            before.close();
            engine = after;
            backstage.sessions().keepOnly(logins(next));
            heldSessions.keepOnly(logins(next));
            start(after);
            LOG.info("reload: {} services now", next.services().size());
            return changes;
        } finally {
            inventories.release(EVERYBODY);
        }
    }

    private static List<Login> logins(Inventory of) {
        return Stream.concat(of.servers().values().stream().flatMap(s -> s.login().stream()),
                of.settings().peer().stream().map(Inventory.Peer::login)).toList();
    }

    /** Nothing is reloaded while somebody acts by hand. Returns what ends that. */
    Runnable holdInventory() {
        inventories.acquireUninterruptibly();
        return inventories::release;
    }

    /** As SIGTERM does. */
    void stop() {
        stop.countDown();
    }

    /** When a playbook starts next, jitter and all. */
    Optional<Instant> next(Playbook playbook) {
        return timetable.next(Agenda.name(playbook));
    }

    Backstage backstage() {
        return backstage;
    }

    Engine engine() {
        return engine;
    }

    Home home() {
        return home;
    }

    @Override
    public void close() {
        timetable.close();
        backstage.close();
        heldSessions.close();
        engine.close();
        journal.close();
    }
}
