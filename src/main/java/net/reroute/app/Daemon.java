package net.reroute.app;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.api.SocketServer;
import net.reroute.check.Libc;
import net.reroute.cluster.Leadership;
import net.reroute.control.AuditLog;
import net.reroute.control.RefreshScope;
import net.reroute.core.Event;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Snapshot.Cause;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalFeed;
import net.reroute.operations.DirectOperations;
import net.reroute.operations.Operations;
import net.reroute.redirect.tcp.Switches;
import net.reroute.schedule.Timetable;
import net.reroute.ssh.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon. Stopping it leaves every route as it is. */
final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    /** For a lock that another process takes for a moment, to see whether a daemon holds it. */
    private static final Duration FOR_A_LOOK = Duration.ofMillis(200);
    private final Paths paths;
    private final Environment environment;
    private final Journal journal;
    private final Timetable timetable = new Timetable();
    private final StopRequest stop = new StopRequest();
    private final BackgroundServices background;
    /** Sessions of its own: slow playbooks and address checks must not delay each other. */
    private final Sessions heldSessions = new Sessions();
    private final Readers readers = new Readers();
    private final JournalCare journalCare;
    private final AddressCheck held;
    private final ControllerRuntime runtime;
    private final Reloads reloads;
    private final ServiceManager manager = ServiceManager.of(System.getenv(), ProcessHandle.current().pid());
    private final SelfWatch selfWatch;
    private final JournalFeed feed;
    private final PageService page;
    private final ClusterMember member;
    private final DaemonDuties duties;

    private Daemon(Paths paths, Environment environment, Journal journal, BackgroundServices background,
            ControllerRuntime runtime, ClusterMember member) {
        this.member = member;
        this.background = background;
        this.held = new AddressCheck(heldSessions);
        this.paths = paths;
        this.environment = environment;
        this.journal = journal;
        this.runtime = runtime;
        this.journalCare = new JournalCare(runtime, background, journal);
        this.reloads = new Reloads(runtime, () -> environment.reader().read(paths.home()), this::take,
                member::objection);
        background.holdBy(reloads::hold);
        this.selfWatch = new SelfWatch(runtime, manager, timetable::replan, this::lookAgain,
                !member.isWitness());
        this.feed = new JournalFeed(paths.state(), journal, Libc::yieldProcessor);
        this.page = new PageService(new PageService.Parts(paths.state(), feed, runtime, selfWatch,
                this::operations, member));
        this.duties = new DaemonDuties(runtime, background, page, this::operations);
    }

    /**
     * Runs until SIGTERM.
     *
     * @param begun called when the daemon has started
     */
    static void run(Paths paths, Environment environment, Consumer<Daemon> begun)
            throws RequestRefusedException, BadInventoryException, IOException {
        Inventory inventory = environment.reader().read(paths.home());
        try (StateLock lock = StateLock.take(paths.state(), "daemon", FOR_A_LOOK)) {
            Natives.clean(paths.state());
            Files.setPosixFilePermissions(paths.state(), StateLock.FOLDER);
            Journal journal = Journal.open(paths.state());
            AuditLog audit = AuditLog.of(journal);
            Leadership leadership = new Leadership();
            ClusterMember member = new ClusterMember(paths, journal, audit, leadership);
            member.prepare(inventory);
            BackgroundServices background = new BackgroundServices(paths, leadership.fence());
            background.remember(audit.state());
            ControllerRuntime runtime = ControllerRuntime.of(environment, inventory,
                    new ControllerRuntime.Beginning(audit, inventory.scope(), background,
                            Optional.of(new Switches(e -> environment.ways().connect(e.address(), e.port()))),
                            leadership));
            try (Daemon daemon = new Daemon(paths, environment, journal, background, runtime, member);
                    SocketServer door = SocketServer.open(paths.socket(), (request, who, out, err) -> ForeignCommands
                            .forward(member.cluster(), request, who, out, err)
                            .orElseGet(() -> daemon.duties.run(request, who, out, err)))) {
                member.enter(daemon.duties);
                daemon.begin(lock, door, begun);
            }
        }
    }

    private void askAll() {
        if (!member.isWitness()) {
            held.ask(runtime);
            background.playbooks().standBy();
        }
    }

    private Operations operations(String who) {
        return new DirectOperations(new DaemonAccess(this, who));
    }

    private void begin(StateLock lock, SocketServer door, Consumer<Daemon> begun) {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> LOG.error("{} ended with an internal error",
                thread.getName(), e)); // not to standard error, which may block
        runtime.monitor.listen(new HealthReactions(runtime, member, member.agreed()));
        lookAfterAll(Cause.of("started"));
        selfWatch.heartbeat().begin();
        askAll();
        Signals.hangup(environment.practice() ? this::stop : reloads::onSignal);
        stop.install(!environment.practice());
        LOG.info("started {}: {}, {}, {}", paths.home(), summary(), door, lock);
        runtime.controller.audit().tell(Event.Kind.STARTED, Map.of("text", "reroute started on " + paths.home()
                + " with " + runtime.inventory().services().size() + " services"));
        journalCare.begin();
        manager.ready(summary());
        page.serve(runtime.inventory().settings().web());
        begun.accept(this);
        OwnJars.hold();
        stop.await();
        manager.stopping();
        close();
        LOG.info("stopped; every route stays as it is");
        LogLines.flush(LogLines.LAST_WORDS);
        stop.done();
    }

    private String summary() {
        return runtime.inventory().services().size() + " services, mode "
                + (runtime.inventory().settings().act() ? "act" : "observe");
    }

    private void lookAfterAll(Cause cause) {
        RecurringJobs jobs = new RecurringJobs(runtime, journalCare, selfWatch.heartbeat());
        if (member.isWitness()) {
            timetable.plan(jobs.ofAWitness());
            return;
        }
        runtime.ownNextHops();
        runtime.controller.cycle(cause, RefreshScope.ALL);
        timetable.plan(jobs.entries(held, background));
        runtime.rounds.startSoon(runtime.monitor.unchecked());
    }

    private void take(Inventory next) throws IOException {
        manager.reloading();
        try {
            runtime.adopt(next);
            member.adopt();
            background.work(runtime.controller);
            background.sessions().keepOnly(next.logins());
            heldSessions.keepOnly(next.logins());
            lookAfterAll(Cause.of("reload"));
            held.askNew(runtime);
            background.playbooks().standBy();
            page.serve(next.settings().web());
        } finally {
            manager.ready(summary());
        }
    }

    private void lookAgain() {
        timetable.replan();
        runtime.controller.pool().keepWarm();
        runtime.controller.cycle(Cause.of("awake again"), RefreshScope.ALL);
        held.ask(runtime);
        background.lookAtOther(); // an admin may have let it act in the meantime
    }

    List<String> reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException {
        if (environment.practice()) {
            throw new RequestRefusedException(
                    "a rehearsal keeps the inventory it began with; end it and begin another");
        }
        return reloads.reload(force, dryRun);
    }

    Reloads reloads() {
        return reloads;
    }

    void stop() {
        stop.ask();
    }

    Optional<Instant> next(Playbook playbook) {
        return timetable.next(RecurringJobs.name(playbook));
    }

    JournalFeed feed() {
        return feed;
    }

    PageService page() {
        return page;
    }

    BackgroundServices background() {
        return background;
    }

    ControllerRuntime runtime() {
        return runtime;
    }

    ClusterMember member() {
        return member;
    }

    Readers readers() {
        return readers;
    }

    Paths paths() {
        return paths;
    }

    @Override
    public void close() {
        selfWatch.close();
        timetable.close();
        page.close();
        feed.close();
        member.close();
        background.close();
        heldSessions.close();
        runtime.close();
        journal.close();
    }
}
