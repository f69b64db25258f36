package net.reroute.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import net.reroute.check.Checks;
import net.reroute.control.Controller;
import net.reroute.control.HealthEvents;
import net.reroute.control.Monitor;
import net.reroute.control.Recorder;
import net.reroute.control.Rounds;
import net.reroute.control.ServiceProber;
import net.reroute.control.SteadyClock;
import net.reroute.core.Health;
import net.reroute.core.Inventory;
import net.reroute.core.Remembered;
import net.reroute.core.Target;
import net.reroute.journal.Journal;
import net.reroute.router.Router;

/** All that works with one inventory: checks, their rounds, the monitor and the controller. */
final class Engine implements AutoCloseable {

    static final SteadyClock CLOCK = new SteadyClock();
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    final Inventory inventory;
    final Checks checks;
    final Monitor monitor;
    final Rounds rounds;
    final Controller controller;
    final HealthEvents health;

    private Engine(Inventory inventory, Checks checks, Monitor monitor, Controller controller, HealthEvents health) {
        this.health = health;
        this.inventory = inventory;
        this.checks = checks;
        this.monitor = monitor;
        this.rounds = new Rounds(monitor);
        this.controller = controller;
    }

    /**
     * What it starts from.
     *
     * @param journal empty for one who only looks
     * @param scope services it may act on
     * @param backstage who acts on events
     */
    record Beginning(Optional<Journal> journal, Remembered remembered, Set<String> scope, Backstage backstage) {}

    static Engine of(World world, Inventory inventory, Beginning from) throws IOException {
        Checks checks = Checks.of(inventory, CLOCK, world.ways());
        Monitor monitor = new Monitor(inventory, checks::named, CLOCK, from.remembered().health());
        Controller.May may = from.journal().isEmpty()
                ? Controller.May.LOOK
                : inventory.settings().act() ? Controller.May.ACT : Controller.May.IF_TOLD;
        Controller.Parts parts = new Controller.Parts(inventory, monitor,
                new Recorder(inventory, from.journal(), world.listener(), from.backstage()::happened),
                new ServiceProber(inventory, checks, world.practice()), CLOCK, Router::open, Engine::later, may,
                from.backstage().plays());
        Engine engine = new Engine(inventory, checks, monitor,
                new Controller(parts, from.remembered(), from.scope()),
                new HealthEvents(inventory, parts.recorder(), from.remembered().health(),
                        from.backstage().certificates()));
        from.backstage().work(engine.controller);
        return engine;
    }

    private static void later(Duration delay, Runnable what) {
        Thread.ofVirtual().name("later").start(() -> {
            try {
                Thread.sleep(delay);
                what.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the program ends
            }
        });
    }

    /** Waits until these have a verdict, a while at most. */
    void awaitVerdicts(Collection<Target> targets, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - end < 0
                && targets.stream().anyMatch(t -> monitor.health(t).state() == Health.State.UNKNOWN)) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** Waits until no move is under way, a while at most. */
    void awaitIdle(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!controller.isIdle() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        rounds.close();
        controller.close();
        checks.close();
    }
}
