package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.ActiveIntents;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Intent;
import net.reroute.core.Intents.IntentExpired;
import net.reroute.core.Inventory;
import net.reroute.core.MoveApproval;
import net.reroute.core.Planner;
import net.reroute.core.Reading;
import net.reroute.core.Reason;
import net.reroute.core.RouteRemarks.Held;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Beginning;
import net.reroute.core.Snapshot.Cause;
import net.reroute.health.HealthMonitor;
import net.reroute.health.HealthSnapshot;
import net.reroute.redirect.arp.GuardedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cycle: looks at what is known, decides, and hands every router its part. It acts on the state it reads and not on
 * the event that woke it, so a cycle too many does nothing and a cycle missed is made up by the next.
 */
public final class Controller implements AutoCloseable {

    /** What a cycle decided, and the moves it began, by service. */
    record Cycle(List<Decision> decisions, Map<String, Move> moves, CompletableFuture<Void> answered) {}

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final Parts parts;
    private final ControllerState ledger;
    private final DecisionTimers wakes;
    private final RouterPool fleet;
    private final Map<String, String> said = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final CycleRequest wanted = new CycleRequest();
    private final Thread thread;
    private volatile Set<String> scope;
    private volatile Beginning beginning;
    private volatile boolean closed;

    /** @param scope the services it may act on */
    public Controller(Parts parts, Set<String> scope) {
        this.parts = parts;
        this.ledger = new ControllerState(parts.recorder());
        this.beginning = new Beginning(parts.clock().instant(), Map.of());
        this.scope = Set.copyOf(scope);
        this.wakes = new DecisionTimers(parts.later(), cause -> cycle(cause, RefreshScope.NONE));
        this.fleet = new RouterPool(parts, ledger, new DecisionCycle() {
            @Override
            public Snapshot situation(Cause cause) {
                return Controller.this.situation(cause);
            }

            @Override
            public List<Decision> decide(Snapshot situation) {
                return Controller.this.decide(situation);
            }

            @Override
            public void cycle(Cause cause, RefreshScope look) {
                Controller.this.cycle(cause, look);
            }
        });
        this.thread = Thread.ofPlatform().daemon().name("cycle").start(this::loop);
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    public Snapshot situation(Cause cause) {
        return situation(cause, ledger.wishes());
    }

    Snapshot situation(Cause cause, ActiveIntents wishes) {
        parts.monitor().beAwake();
        HealthSnapshot health = parts.monitor().snapshot();
        return new Snapshot(health.inventory(), health.verdicts(), wishes, ledger.placements(), ledger.setAside(),
                cause, new Snapshot.Times(beginning, wakes.sightedAt(), parts.clock().instant()));
    }

    /** What would be decided now. */
    public List<Decision> decide(Snapshot situation) {
        return Planner.decide(situation).stream().filter(d -> scope.contains(d.service().name()))
                .map(d -> d.from().isEmpty() && d.kind() == Kind.HOLD ? fleet.unread(d) : d).toList();
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

    /** True if it types what it decides; an observer does when somebody has told it to. */
    public boolean acts() {
        return ledger.acts(parts.may());
    }

    ControllerState ledger() {
        return ledger;
    }

    public AuditLog recorder() {
        return parts.recorder();
    }

    public ActiveIntents wishes() {
        return ledger.wishes();
    }

    public Optional<Assignment> placement(String service) {
        return ledger.placement(service);
    }

    /** What was found wrong with the journal since it was opened, and what was done about it. */
    public List<String> complaints() {
        return parts.recorder().complaints();
    }

    public Optional<String> trouble() {
        return parts.recorder().trouble();
    }

    // ---- the cycle -----------------------------------------------------------------------------------------------

    /** Asks for a cycle and returns at once. Causes that come while one runs become one more. */
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
                    LOG.error("a cycle ended with a mistake of the program; the next one goes on", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** So long the cycle that is under way has lasted; zero if there is none. No cycle waits for a router. */
    public Duration cycleLasts() {
        return wanted.lasts();
    }

    /** Looks at every router once; the future ends when all have answered or cannot be reached. */
    public CompletableFuture<Void> look(Cause cause) {
        return cycleNow(cause, RefreshScope.ALL).answered();
    }

    /** Decides and hands out what follows. Does not wait for any router. */
    Cycle cycleNow(Cause cause, RefreshScope look) {
        lock.lock();
        try {
            if (closed) {
                return new Cycle(List.of(), Map.of(), CompletableFuture.completedFuture(null));
            }
            // Read under the lock: an older picture would undo a wish made in between.
            Snapshot seen = situation(cause);
            withdrawOver(seen);
            wakes.sight(seen);
            Snapshot now = situation(cause);
            Set<String> waiting = new HashSet<>();
            List<Decision> made = decide(now).stream().map(d -> passed(d, now, waiting)).toList();
            // Who only waits for an answer is told of when that is there.
            made.stream().filter(d -> !waiting.contains(d.service().name())).forEach(this::sayIfHeld);
            made.forEach(d -> wakes.afterSoak(d, now));
            Map<String, Move> begun = new LinkedHashMap<>();
            // What is asked for is answered by the routers, also where nothing has to be moved.
            made.stream().filter(d -> now.asked(d.service()) && !waiting.contains(d.service().name())
                    || d.isMove() && fleet.isNew(d))
                    .forEach(d -> begun.put(d.service().name(), fleet.begin(d, now)));
            return new Cycle(made, begun, fleet.hand(now, made, look));
        } finally {
            lock.unlock();
        }
    }

    /** Whoever may object is asked before a move begins, and not while it is under way; what is forced is not asked about. */
    private Decision passed(Decision decision, Snapshot now, Set<String> waiting) {
        boolean begins = decision.isMove() && acts() && (fleet.isNew(decision) || now.asked(decision.service()));
        if (!begins || now.cause().force() && now.asked(decision.service())) {
            return decision;
        }
        MoveApproval.Answer answer = answer(decision);
        if (answer.kind() == MoveApproval.Kind.WAIT) {
            LOG.info("{}: {}", decision.arrow(), answer.reason());
            waiting.add(decision.service().name());
        }
        return answer.kind() == MoveApproval.Kind.GO
                ? decision
                : new Decision(decision.service(), Kind.HOLD, decision.from(), decision.from(),
                        new Reason.Vetoed(answer.reason()));
    }

    /** Whoever cannot answer for a mistake of the program must not keep a service down. */
    private MoveApproval.Answer answer(Decision decision) {
        try {
            return parts.gate().ask(decision);
        } catch (RuntimeException e) {
            LOG.error("{}: asking who may object ended with a mistake of the program; it goes on", decision.arrow(), e);
            return MoveApproval.Answer.GO;
        }
    }

    /** Services that are where they should be, on every router. */
    public Set<String> settled() {
        return decide(situation(Cause.of("look"))).stream().filter(d -> d.kind() == Kind.STAY && fleet.isAsDecided(d))
                .map(d -> d.service().name()).collect(Collectors.toSet());
    }

    /** What an event tells of a decision. */
    public static Map<String, String> facts(Decision decision) {
        return EventPublisher.facts(decision);
    }

    /** What the gate says of moves that are about to be asked for by hand. */
    MoveApproval gate() {
        return parts.gate();
    }

    private void withdrawOver(Snapshot now) {
        for (Intent wish : ledger.wishes().over(now.times().now())) {
            parts.recorder().record(new IntentExpired(wish.id(), Optional.of(wish), now.times().now()));
        }
    }

    /** Every refusal to move has a reason; it is told once, and again when it changes. */
    private void sayIfHeld(Decision decision) {
        String service = decision.service().name();
        String reason = decision.kind() == Kind.HOLD && !decision.from().isEmpty() ? decision.reason().text() : "";
        if (decision.kind() == Kind.STAY && fleet.isAsDecided(decision)) {
            parts.recorder().settled(service);
        }
        String before = said.put(service, reason);
        if (!reason.isEmpty() && !steady(reason).equals(before == null ? "" : steady(before))) {
            parts.recorder().record(new Held(service, reason, ledger.wishes().pause().isPresent()));
        }
    }

    /** Figures that change by themselves are no news. */
    private static String steady(String reason) {
        return reason.replaceAll("\\d+(\\.\\d+)?(ms|s|m|h|d)\\w*", "");
    }

    /** The routers, and what they do besides moving. */
    public Map<String, RouterStatus> routers() {
        return fleet.routers();
    }

    /** What a router does otherwise than decided, and why it is left so; by router. */
    public Map<String, String> drift(String service) {
        return fleet.drift(service);
    }

    /** What the routers of a service held when they were last read; those that were not are left out. */
    public Map<String, Reading> readings(Service service) {
        return fleet.readings(service);
    }

    /** Routers that a move still waits for, and why. */
    String waitingFor(Move move) {
        return fleet.waitingFor(move);
    }

    /** Asks services themselves, through their routers. */
    public Map<Service, Prober.Finding> probe(Collection<Service> services) {
        return fleet.probe(services);
    }

    /** Addresses that are looked after on the LAN. */
    public Collection<GuardedAddress.Report> takeovers() {
        return fleet.takeovers();
    }

    /** Who has taken a server's next hop over, by server. */
    public Map<String, String> takenOver() {
        return ledger.takeovers();
    }

    /** Announces takeovers again where that is due. */
    public void announce() {
        fleet.announce();
    }

    /** A server that was DOWN has answered once. */
    public void sighted(String server) {
        fleet.sighted(server);
    }

    /** Saves the configurations that were changed, where the inventory names this occasion. */
    public void save(RouterSpec.Save occasion) {
        fleet.save(occasion);
    }

    /** True if no move is under way and no router has work. */
    public boolean isIdle() {
        return wanted.isEmpty() && fleet.isIdle();
    }

    /** Pings every session, or tries to log in again. */
    public void keepWarm() {
        fleet.keepWarm();
    }

    /** Runs a round that only tells what would be typed. */
    void show(Snapshot now, List<Decision> decisions, BiConsumer<String, List<Result>> told) {
        fleet.show(now, decisions, told);
    }

    // ---- one inventory after another -----------------------------------------------------------------------------

    /**
     * From now on this inventory is in force. What it leaves as it was goes on undisturbed: sessions, what is known, moves
     * under way.
     */
    public void adopt(Inventory next) {
        lock.lock();
        try {
            Inventory before = inventory();
            beginning = begun(before, next);
            parts.monitor().adopt(next);
            scope = Set.copyOf(next.services().keySet());
            said.keySet().retainAll(scope);
            fleet.adopt(before);
        } finally {
            lock.unlock();
        }
    }

    /** For a service whose servers or checks are others than before, checking begins now. */
    private Beginning begun(Inventory before, Inventory next) {
        Instant now = parts.clock().instant();
        Map<String, Instant> since = new HashMap<>();
        next.services().values().forEach(s -> since.put(s.name(),
                isCheckedAlike(s, before, next) ? beginning.of(s.name()) : now));
        return new Beginning(beginning.all(), Map.copyOf(since));
    }

    private static boolean isCheckedAlike(Service service, Inventory before, Inventory next) {
        Service was = before.services().get(service.name());
        return was != null && was.servers().equals(service.servers()) && was.checks().equals(service.checks())
                && was.address().equals(service.address())
                && before.servers(was.servers()).equals(next.servers(service.servers()))
                && service.checks().stream().allMatch(c -> next.checks().get(c).equals(before.checks().get(c)));
    }

    /** Nothing that was known before this moment is believed any more, as after a start. Waits for nothing. */
    public void forget() {
        beginning = new Beginning(parts.clock().instant(), Map.of());
        parts.monitor().forget();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        fleet.close();
    }
}
