package net.reroute.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import net.reroute.check.Checks;
import net.reroute.cluster.Leadership;
import net.reroute.control.AuditLog;
import net.reroute.control.Controller;
import net.reroute.control.HealthEvents;
import net.reroute.control.May;
import net.reroute.control.Parts;
import net.reroute.control.ServiceProber;
import net.reroute.control.SteadyClock;
import net.reroute.core.CheckResult;
import net.reroute.core.Health;
import net.reroute.core.Inventory;
import net.reroute.core.Target;
import net.reroute.health.CheckScheduler;
import net.reroute.health.HealthMonitor;
import net.reroute.redirect.route.RouteBook;
import net.reroute.redirect.tcp.SwitchReport;
import net.reroute.redirect.tcp.Switches;
import net.reroute.ssh.Fence;

/**
 * Everything that watches and moves: checks, their scheduler, the monitor and the controller. One instance lives as
 * long as the process. A reload replaces the inventory in it; what stays the same goes on undisturbed.
 */
final class ControllerRuntime implements AutoCloseable {

    static final SteadyClock CLOCK = new SteadyClock();
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final ScheduledExecutorService LATER = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("timer").factory());

    final Checks checks;
    final HealthMonitor monitor;
    final CheckScheduler rounds;
    final Controller controller;
    final HealthEvents health;
    private final RouteBook book;
    private final Optional<Switches> switches;
    private volatile BiConsumer<Target, CheckResult> checked = (target, result) -> {
    };

    private ControllerRuntime(Checks checks, HealthMonitor monitor, Controller controller, HealthEvents health,
            RouteBook book, Optional<Switches> switches) {
        this.book = book;
        this.switches = switches;
        this.health = health;
        this.checks = checks;
        this.monitor = monitor;
        this.rounds = new CheckScheduler(monitor);
        this.controller = controller;
    }

    /**
     * What it starts from.
     *
     * @param scope services that it may act on
     * @param background reacts to events
     * @param switches that run in this process; empty if none may
     * @param leadership whether this controller may act
     */
    record Beginning(AuditLog audit, Set<String> scope, BackgroundServices background, Optional<Switches> switches,
            Leadership leadership) {}

    static ControllerRuntime of(Environment environment, Inventory inventory, Beginning from) throws IOException {
        Checks checks = Checks.of(inventory, CLOCK, environment.ways());
        HealthMonitor monitor = new HealthMonitor(inventory, checks::named, CLOCK, from.audit().state().health());
        AuditLog audit = from.audit();
        audit.listen(monitor::inventory, environment.listener(), from.background()::happened);
        RouteBook book = new RouteBook(monitor::inventory, audit::state, audit::record);
        book.lookAnew();
        Fence fence = environment.practice()
                ? new PracticeFence(from.leadership().fence())
                : from.leadership().fence();
        Parts parts = new Parts(monitor, audit,
                new ServiceProber(monitor::inventory, checks, environment.practice()), CLOCK,
                new Redirectors(audit, book, from.switches(), CLOCK, environment.practice(), fence)::open,
                ControllerRuntime::later,
                () -> may(from, monitor.inventory()), from.background().playbooks(),
                fence, !environment.practice());
        ControllerRuntime runtime = new ControllerRuntime(checks, monitor, new Controller(parts, from.scope()),
                new HealthEvents(monitor::inventory, audit, audit.state().health(),
                        from.background().certificates()),
                book, from.switches());
        from.background().work(runtime.controller);
        return runtime;
    }

    private static May may(Beginning from, Inventory inventory) {
        if (!from.audit().writes() || !from.leadership().leads()) {
            return May.LOOK;
        }
        return inventory.settings().act() ? May.ACT : May.IF_TOLD;
    }

    Inventory inventory() {
        return monitor.inventory();
    }

    /**
     * Replaces the inventory.
     *
     * @throws IOException if this machine cannot run one of its checks; then nothing changes
     */
    void adopt(Inventory next) throws IOException {
        checks.use(next);
        if (!next.equals(inventory())) {
            ownNextHops();
            controller.adopt(next);
            switches.ifPresent(s -> s.keepOnly(next.switches().keySet()));
            book.lookAnew();
        }
    }

    /** Marks the next hops of the inventory in force as ours, wherever they are found, also after they have left it. */
    void ownNextHops() {
        book.own(inventory());
    }

    private static void later(Duration delay, Runnable what) {
        LATER.schedule(() -> Thread.ofPlatform().daemon().name("later").start(what), delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Waits until all targets have a verdict, or until the time is over. */
    void awaitVerdicts(Collection<Target> targets, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - end < 0
                && targets.stream().anyMatch(t -> monitor.health(t).state() == Health.State.UNKNOWN)) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** Waits until no move is in progress, or until the time is over. */
    void awaitIdle(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!controller.isIdle() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** What the switches of this process do, by name. */
    Map<String, SwitchReport> switches() {
        Map<String, SwitchReport> reports = new LinkedHashMap<>();
        inventory().switches().keySet().forEach(
                name -> switches.flatMap(s -> s.report(name)).ifPresent(r -> reports.put(name, r)));
        return reports;
    }

    /** @param listener receives the result of each check; it must return at once */
    void checked(BiConsumer<Target, CheckResult> listener) {
        checked = listener;
    }

    BiConsumer<Target, CheckResult> checked() {
        return checked;
    }

    @Override
    public void close() {
        switches.ifPresent(Switches::close);
        rounds.close();
        controller.close();
        checks.close();
    }
}
