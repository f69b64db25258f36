package net.reroute.control;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import net.reroute.core.ActiveIntents;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Intent;
import net.reroute.core.Intents.IntentExpired;
import net.reroute.core.Inventory;
import net.reroute.core.MoveApproval;
import net.reroute.core.Planner;
import net.reroute.core.RecordedState;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.health.HealthMonitor;
import net.reroute.health.HealthSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cycle: reads the state, decides, and gives every router its part. It acts on the state and not on the event that
 * woke it, so an extra cycle does nothing, and the next cycle makes up for a missed one. Safe for many threads.
 */
public final class Controller implements DecisionCycle, AutoCloseable {

    /** The decisions of a cycle, the moves it began, by service, and the routers' answers. */
    record Cycle(List<Decision> decisions, Map<String, Move> moves, CompletableFuture<Void> answered) {}

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final Parts parts;
    private final ControllerState state;
    private final DecisionTimers timers;
    private final RouterPool pool;
    private final FirstChecks firstChecks;
    private final Objections objections;
    private final HoldNotices notices;
    private final ReentrantLock lock = new ReentrantLock();
    private final CycleRequest wanted = new CycleRequest();
    private final Thread thread;
    private volatile Set<String> scope;
    private volatile boolean closed;

    /** @param scope the services that it may act on */
    public Controller(Parts parts, Set<String> scope) {
        this.parts = parts;
        this.state = new ControllerState(parts.audit());
        this.firstChecks = new FirstChecks(parts.clock());
        this.objections = new Objections(parts.approval());
        this.notices = new HoldNotices(parts.audit());
        this.scope = Set.copyOf(scope);
        this.timers = new DecisionTimers(parts.later(), cause -> cycle(cause, RefreshScope.NONE));
        this.pool = new RouterPool(parts, state, this);
        this.thread = Thread.ofPlatform().daemon().name("cycle").start(this::loop);
    }

    @Override
    public Snapshot snapshot(Cause cause) {
        parts.monitor().beAwake();
        HealthSnapshot health = parts.monitor().snapshot();
        RecordedState known = parts.audit().state(); // read once: all of it is of one moment
        return new Snapshot(health.inventory(), health.verdicts(), known.intents(), known.assignments(),
                state.setAside(), cause,
                new Snapshot.Times(firstChecks.beginning(), timers.sightedAt(), parts.clock().instant()));
    }

    /** The decisions for this snapshot, for the services in scope. */
    @Override
    public List<Decision> decide(Snapshot snapshot) {
        return Planner.decide(snapshot).stream().filter(d -> scope.contains(d.service().name()))
                .map(d -> d.from().isEmpty() && d.kind() == Kind.HOLD ? pool.unread(d) : d).toList();
    }

    public Inventory inventory() {
        return parts.inventory();
    }

    public HealthMonitor monitor() {
        return parts.monitor();
    }

    public InstantSource clock() {
        return parts.clock();
    }

    /** True if it types what it decides. An observing controller does so once an admin told it to. */
    public boolean acts() {
        return state.acts(parts.may());
    }

    ControllerState state() {
        return state;
    }

    public AuditLog audit() {
        return parts.audit();
    }

    public ActiveIntents intents() {
        return state.intents();
    }

    /** Empty if it is not known where the service is. */
    public Optional<Assignment> assignment(String service) {
        return state.assignment(service);
    }

    /** Requests a cycle and returns at once. Requests made while a cycle runs are merged into one more cycle. */
    @Override
    public void cycle(Cause cause, RefreshScope look) {
        wanted.merge(cause, look);
    }

    private void loop() {
        try {
            while (!closed) {
                CycleRequest.Next next = wanted.take();
                try {
                    cycleNow(next.cause(), next.look());
                } catch (RuntimeException | Error e) {
                    LOG.error("a cycle ended with an internal error; the next one goes on", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** How long the current cycle has lasted; zero if none is running. No cycle waits for a router. */
    public Duration cycleLasts() {
        return wanted.lasts();
    }

    /** Reads every router once. The future completes when all have answered or cannot be reached. */
    public CompletableFuture<Void> look(Cause cause) {
        return cycleNow(cause, RefreshScope.ALL).answered();
    }

    /** Decides and hands out the decisions. Does not wait for any router. */
    Cycle cycleNow(Cause cause, RefreshScope look) {
        lock.lock();
        try {
            if (closed) {
                return new Cycle(List.of(), Map.of(), CompletableFuture.completedFuture(null));
            }
            // Read under the lock: an older snapshot would undo an intent made in between.
            Snapshot seen = snapshot(cause);
            withdrawOver(seen);
            timers.sight(seen);
            timers.afterPatience(seen);
            timers.afterFlows(seen);
            Snapshot now = snapshot(cause);
            Objections.Passed passed = acts()
                    ? objections.pass(decide(now), now, pool.dispatcher()::isNew)
                    : new Objections.Passed(decide(now), Set.of());
            List<Decision> made = passed.decisions();
            Set<String> waiting = passed.waiting();
            // A decision that only waits for an answer is reported when that has come.
            made.stream().filter(d -> !waiting.contains(d.service().name())).forEach(this::sayIfHeld);
            made.forEach(d -> timers.afterSoak(d, now));
            Map<String, Move> begun = new LinkedHashMap<>();
            // The routers answer every request, even if nothing has to be moved.
            made.stream().filter(d -> now.asked(d.service()) && !waiting.contains(d.service().name())
                    || d.isMove() && pool.dispatcher().isNew(d))
                    .forEach(d -> begun.put(d.service().name(), pool.dispatcher().begin(d, now)));
            return new Cycle(made, begun, pool.dispatcher().hand(now, made, look));
        } finally {
            lock.unlock();
        }
    }

    /** Services that every router has where they should be. */
    public Set<String> settled() {
        return decide(snapshot(Cause.of("look"))).stream().filter(d -> d.kind() == Kind.STAY && pool.isAsDecided(d))
                .map(d -> d.service().name()).collect(Collectors.toSet());
    }

    /** Objections to moves that are about to be requested. */
    MoveApproval approval() {
        return parts.approval();
    }

    private void withdrawOver(Snapshot now) {
        for (Intent intent : state.intents().over(now.times().now())) {
            parts.audit().record(new IntentExpired(intent.id(), Optional.of(intent), now.times().now()));
        }
    }

    private void sayIfHeld(Decision decision) {
        if (decision.kind() == Kind.STAY && pool.isAsDecided(decision)) {
            parts.audit().settled(decision.service().name());
        }
        notices.about(decision, state.intents().pause().isPresent());
    }

    /** The servers that have taken over a next hop, by the next hop's own server. */
    public Map<String, String> takenOver() {
        return state.takeovers();
    }

    /** The routers, and what they show. */
    public RouterPool pool() {
        return pool;
    }

    /** True if no move is in progress and no router has work. */
    public boolean isIdle() {
        return wanted.isEmpty() && pool.isIdle();
    }

    /**
     * Puts an inventory in force. What it does not change goes on undisturbed: sessions, healths, moves in progress.
     */
    public void adopt(Inventory next) {
        lock.lock();
        try {
            Inventory before = inventory();
            firstChecks.adopt(before, next);
            parts.monitor().adopt(next);
            scope = next.scope();
            notices.keepOnly(scope);
            pool.adopt(before);
        } finally {
            lock.unlock();
        }
    }

    /** Discards everything known so far, as after a start. Does not wait. */
    public void forget() {
        firstChecks.beginAnew();
        parts.monitor().forget();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        pool.close();
    }
}
