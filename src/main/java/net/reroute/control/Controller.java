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
import net.reroute.control.RouterWorker.Round;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.Comparison;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Inventory;
import net.reroute.core.Outcome;
import net.reroute.core.Placement;
import net.reroute.core.Planner;
import net.reroute.core.Prefix;
import net.reroute.core.Remembered;
import net.reroute.core.Remembered.At;
import net.reroute.core.Remembered.Begun;
import net.reroute.core.Remembered.Settled;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Situation;
import net.reroute.core.Situation.Cause;
import net.reroute.core.Takeover;
import net.reroute.core.Target;
import net.reroute.core.Wish;
import net.reroute.core.Wishes;
import net.reroute.takeover.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cycle: looks at what is known, decides, and hands every router its part. It acts on the state it reads and not on
 * the event that woke it, so a cycle too many does nothing and a cycle missed is made up by the next.
 */
public final class Controller implements AutoCloseable {

    /**
     * What a controller works with.
     *
     * @param later runs something after a while
     * @param act false: observe, tell the lines and type nothing
     */
    public record Parts(Inventory inventory, Monitor monitor, Recorder recorder, Prober prober, InstantSource clock,
            Opener opener, BiConsumer<Duration, Runnable> later, boolean act) {}

    /** What a cycle decided, and the moves it began, by service. */
    record Cycle(List<Decision> decisions, Map<String, Move> moves, CompletableFuture<Void> answered) {}

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final Parts parts;
    private final Ledger ledger;
    private final Instant started;
    private final Set<String> scope;
    private final Map<String, RouterWorker> workers = new LinkedHashMap<>();
    private final UnderWay underWay = new UnderWay();
    private final Noter noter;
    private final MoveEnd moveEnd;
    private final Wakes wakes;
    private final Optional<LanDesk> lan;
    private final Map<String, String> said = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Wanted wanted = new Wanted();
    private final Thread thread;
    private volatile boolean closed;

    /** @param scope the services it may act on */
    public Controller(Parts parts, Remembered remembered, Set<String> scope) {
        this.parts = parts;
        this.ledger = new Ledger(remembered, servers -> parts.inventory().nextHops(
                servers.stream().filter(parts.inventory().servers()::containsKey).toList()));
        this.started = parts.clock().instant();
        this.scope = Set.copyOf(scope);
        this.noter = new Noter(parts, ledger);
        this.moveEnd = new MoveEnd(parts, ledger, workers, underWay, noter, new MoveEnd.Host() {
            @Override
            public Situation situation(Cause cause) {
                return Controller.this.situation(cause);
            }

            @Override
            public void cycle(Cause cause) {
                Controller.this.cycle(cause, Look.NONE);
            }
        });
        this.wakes = new Wakes(parts.later(), cause -> cycle(cause, Look.NONE));
        for (RouterSpec spec : parts.inventory().routers().values()) {
            RouterSession session = new RouterSession(spec, parts.clock(), parts.opener(), listener());
            workers.put(spec.name(), new RouterWorker(spec, session, host(spec.name())));
        }
        this.lan = LanDesk.isNeeded(parts.inventory())
                ? Optional.of(new LanDesk(parts, ledger, cause -> cycle(cause, Look.ALL)))
                : Optional.empty();
        lan.ifPresent(this::join);
        this.thread = Thread.ofVirtual().name("cycle").start(this::loop);
    }

    private void join(LanDesk desk) {
        desk.sayWhatIsMissing();
        desk.segment().lan().keepWarm();
        desk.keep();
        if (inventory().services().values().stream().anyMatch(Service::livesOnLan)) {
            RouterSession session = new RouterSession(RouterSpec.LAN, parts.clock(),
                    (spec, within) -> new LanRouter(desk),
                    listener());
            workers.put(Takeover.LAN, new RouterWorker(RouterSpec.LAN, session, host(Takeover.LAN)));
        }
    }

    /** Addresses that are looked after on the LAN. */
    public Collection<Watch.Report> takeovers() {
        return lan.map(LanDesk::reports).orElse(List.of());
    }

    /** Announces takeovers again where that is due. */
    public void announce() {
        lan.ifPresent(desk -> desk.segment().keeper().tick());
    }

    /** A server that was DOWN has answered once. */
    public void sighted(String server) {
        lan.ifPresent(desk -> desk.sighted(server));
    }

    private RouterRound.Host host(String router) {
        return new RouterRound.Host() {
            @Override
            public Comparison.Memory memory(Service service) {
                return ledger.memory(router, service.name());
            }

            @Override
            public Set<Decision> stillWanted(List<Decision> due, Situation then) {
                Map<String, List<String>> to = new HashMap<>();
                decide(situation(then.cause())).forEach(d -> to.put(d.service().name(), d.to()));
                return due.stream().filter(d -> d.to().equals(to.get(d.service().name()))).collect(Collectors.toSet());
            }

            @Override
            public void removed(Prefix prefix, Map<Address, String> lines) {
                inventory().service(prefix.toString()).map(s -> new At(router, s.name())).ifPresent(at -> {
                    ledger.keep(at, lines);
                    parts.recorder().kept(at, lines);
                });
            }

            @Override
            public void about(List<Change> changes) {
                List<Begun> begun = changes.stream().map(c -> new Begun(
                        inventory().serversBehind(c.service(), c.after()).orElse(List.of()), c.how().reason()))
                        .toList();
                for (int i = 0; i < changes.size(); i++) {
                    ledger.own(changes.get(i).service().name(), changes.get(i).after());
                    ledger.begin(changes.get(i).service().name(), begun.get(i), changes.get(i).after());
                }
                parts.recorder().about(router, changes, begun);
            }
        };
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    public Situation situation(Cause cause) {
        return situation(cause, ledger.wishes());
    }

    Situation situation(Cause cause, Wishes wishes) {
        return new Situation(inventory(), parts.monitor()::verdict, wishes, ledger.placements(), ledger.setAside(),
                cause,
                new Situation.Times(started, wakes.sightedAt(), parts.clock().instant()));
    }

    /** What would be decided now. */
    public List<Decision> decide(Situation situation) {
        return Planner.decide(situation).stream().filter(d -> scope.contains(d.service().name())).toList();
    }

    public Inventory inventory() {
        return parts.inventory();
    }

    public Monitor monitor() {
        return parts.monitor();
    }

    public InstantSource clock() {
        return parts.clock();
    }

    boolean acts() {
        return parts.act();
    }

    Ledger ledger() {
        return ledger;
    }

    Recorder recorder() {
        return parts.recorder();
    }

    public Wishes wishes() {
        return ledger.wishes();
    }

    public Optional<Placement> placement(String service) {
        return ledger.placement(service);
    }

    public Map<String, RouterStatus> routers() {
        Map<String, RouterStatus> all = new LinkedHashMap<>();
        workers.forEach((name, worker) -> all.put(name, worker.status()));
        return all;
    }

    /** What a router does otherwise than decided, and why it is left so; by router. */
    public Map<String, String> drift(String service) {
        Map<String, String> all = new LinkedHashMap<>();
        workers.keySet().forEach(r -> noter.drift(r, service).ifPresent(text -> all.put(r, text)));
        return all;
    }

    public Optional<String> trouble() {
        return parts.recorder().trouble();
    }

    // ---- the cycle -----------------------------------------------------------------------------------------------

    /** Asks for a cycle and returns at once. Causes that come while one runs become one more. */
    public void cycle(Cause cause, Look look) {
        wanted.merge(cause, look);
    }

    private void loop() {
        try {
            while (!closed) {
                Wanted.Next next = wanted.take();
                try {
                    cycle(situation(next.cause()), next.look());
                } catch (RuntimeException | Error e) {
                    LOG.error("a cycle ended with a mistake of the program; the next one goes on", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Looks at every router once; the future ends when all have answered or cannot be reached. */
    public CompletableFuture<Void> look(Cause cause) {
        return cycle(situation(cause), Look.ALL).answered();
    }

    /** Decides and hands out what follows. Does not wait for any router. */
    Cycle cycle(Situation seen, Look look) {
        lock.lock();
        try {
            if (closed) {
                return new Cycle(List.of(), Map.of(), CompletableFuture.completedFuture(null));
            }
            withdrawOver(seen);
            wakes.sight(seen);
            Situation now = situation(seen.cause(), seen.wishes());
            List<Decision> made = decide(now);
            made.forEach(this::sayIfHeld);
            made.forEach(d -> wakes.afterSoak(d, now));
            Map<String, Move> begun = new LinkedHashMap<>();
            made.stream().filter(d -> d.isMove() && (underWay.isNew(d) || asked(d, now)))
                    .forEach(d -> begun.put(d.service().name(), begin(d, now)));
            CompletableFuture<?>[] answers = workers.values().stream().map(w -> hand(w, now, made, look))
                    .toArray(CompletableFuture[]::new);
            return new Cycle(made, begun, CompletableFuture.allOf(answers));
        } finally {
            lock.unlock();
        }
    }

    private static boolean asked(Decision decision, Situation now) {
        return now.cause().asked().contains(decision.service().name());
    }

    private void withdrawOver(Situation now) {
        for (Wish wish : ledger.wishes().over(now.times().now())) {
            ledger.withdraw(wish.id());
            parts.recorder().over(wish);
        }
    }

    /** Every refusal to move has a reason; it is told once, and again when it changes. */
    private void sayIfHeld(Decision decision) {
        String service = decision.service().name();
        String reason = decision.kind() == Kind.HOLD && !decision.from().isEmpty() ? decision.reason() : "";
        String before = said.put(service, reason);
        if (!reason.isEmpty() && !steady(reason).equals(before == null ? "" : steady(before))) {
            parts.recorder().warn("not-moved", service, reason);
        }
    }

    /** Figures that change by themselves are no news. */
    private static String steady(String reason) {
        return reason.replaceAll("\\d+(\\.\\d+)?(ms|s|m|h|d)\\w*", "");
    }

    private Move begin(Decision decision, Situation now) {
        Move move = Move.of(decision, now, parts.clock().instant());
        underWay.add(move).ifPresent(before -> {
            if (before.decision.to().equals(decision.to())) {
                move.outcome.thenAccept(before.outcome::complete); // asked for twice: both get the one answer
            } else {
                moveEnd.overtaken(before);
            }
        });
        return move;
    }

    private CompletableFuture<Void> hand(RouterWorker worker, Situation now, List<Decision> made, Look look) {
        boolean reads = look == Look.ALL || look == Look.CHEAP && worker.isCheapToRead();
        List<Decision> part = made.stream().filter(d -> d.service().routers().contains(worker.name()))
                .filter(d -> reads || concerns(d, worker.name())).filter(d -> mayTouch(d, now)).toList();
        if (part.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        boolean byHand = !now.cause().asked().isEmpty();
        boolean show = !parts.act() || now.wishes().pause().isPresent() && !byHand;
        List<Decision> urgent = part.stream().filter(d -> isLost(worker, d)).toList();
        if (!urgent.isEmpty()) {
            Outcome.OnRouter on = new Outcome.OnRouter(worker.name(), Outcome.Kind.UNREACHABLE, worker.status().why(),
                    List.of());
            Thread.ofVirtual().name("lost-" + worker.name()).start(() -> results(urgent.stream()
                    .map(d -> new Result(d, on, List.of(), List.of(), Optional.empty(), Map.of())).toList(), show));
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> answered = new CompletableFuture<>();
        worker.submit(new Round(now, part, Optional.empty(), show, byHand, results -> {
            results(results, show);
            answered.complete(null);
        }));
        return answered;
    }

    /** A router that is known to be lost is not asked first while traffic waits; when it is back, everything is looked at. */
    private boolean isLost(RouterWorker worker, Decision decision) {
        return lan.isPresent() && decision.kind() == Kind.FAILOVER && decision.service().fallsBack()
                && worker.status().state() == RouterStatus.State.UNREACHABLE;
    }

    /** While paused, what somebody asks for by hand must not take others along. */
    private static boolean mayTouch(Decision decision, Situation now) {
        return now.wishes().pause().isEmpty() || now.cause().asked().isEmpty() || asked(decision, now);
    }

    /** Without a reason to look, only routers that should be changed are asked. */
    private boolean concerns(Decision decision, String router) {
        List<Address> seen = ledger.seen(router, decision.service().name());
        boolean behind = !seen.isEmpty() && !decision.to().isEmpty()
                && !seen.equals(inventory().nextHops(decision.to()));
        return decision.isMove() || behind && decision.kind() != Kind.HOLD;
    }

    private void results(List<Result> results, boolean show) {
        List<Result> silent = lan.isEmpty()
                ? List.of()
                : results.stream().filter(Fallback::concerns).toList();
        if (!silent.isEmpty()) {
            // Servers are asked for that, and the router's thread must not wait for them.
            Thread.ofVirtual().name("fallback").start(() -> settle(lan.get().fallback().act(silent, show)));
        }
        settle(results.stream().filter(r -> !silent.contains(r)).toList());
    }

    private void settle(List<Result> results) {
        Set<String> adopted = new HashSet<>();
        results.stream().filter(noter::note).forEach(r -> adopted.add(r.decision().service().name()));
        lan.ifPresent(desk -> {
            if (!ledger.takeovers().isEmpty() && parts.act() && ledger.wishes().pause().isEmpty()) {
                Thread.ofVirtual().name("fallback").start(desk.fallback()::review);
            }
            desk.keep();
        });
        moveEnd.allAnswered(underWay.take(results));
        if (results.stream().anyMatch(r -> r.on().kind() == Outcome.Kind.OVERTAKEN)) {
            cycle(Cause.of("decided anew"), Look.NONE);
        } else if (!adopted.isEmpty()) {
            cycle(Cause.of("adopted what was found"), Look.NONE);
        }
    }

    // ---- routers -------------------------------------------------------------------------------------------------

    private RouterSession.Listener listener() {
        return new RouterSession.Listener() {
            @Override
            public void changed(RouterSpec spec, RouterStatus before, RouterStatus now) {
                routerChanged(spec, before, now);
            }

            @Override
            public void notSaved(RouterSpec spec, String why) {
                parts.recorder().warn("not-saved", spec.name(), why);
            }
        };
    }

    /** Saves the configurations that were changed, where the inventory names this occasion. */
    public void save(RouterSpec.Save occasion) {
        workers.values().forEach(w -> w.save(occasion));
    }

    private void routerChanged(RouterSpec spec, RouterStatus before, RouterStatus now) {
        if (now.state() == RouterStatus.State.REACHABLE) {
            if (before.state() != RouterStatus.State.UNKNOWN) {
                parts.recorder().event("router-back", spec.name(), "reachable again");
            }
            cycle(Cause.of(spec.name() + " is reachable"), Look.ALL);
        } else {
            parts.recorder().warn(now.state() == RouterStatus.State.REFUSED ? "router-refused" : "router-unreachable",
                    spec.name(), now.why());
        }
    }

    /** True if no move is under way and no router has work. */
    public boolean isIdle() {
        return underWay.isEmpty() && wanted.isEmpty() && workers.values().stream().allMatch(RouterWorker::isIdle)
                && lan.map(desk -> desk.segment().keeper().isIdle()).orElse(true);
    }

    /** Pings every session, or tries to log in again. */
    public void keepWarm() {
        workers.values().forEach(RouterWorker::keepWarm);
        lan.ifPresent(desk -> desk.segment().lan().keepWarm());
    }

    /** Runs a round that only tells what would be typed. */
    void show(Situation now, List<Decision> decisions, BiConsumer<String, List<Result>> told) {
        for (RouterWorker worker : workers.values()) {
            List<Decision> part = decisions.stream().filter(d -> d.service().routers().contains(worker.name()))
                    .toList();
            if (!part.isEmpty()) {
                worker.submit(new Round(now, part, Optional.empty(), true, true, r -> told.accept(worker.name(), r)));
            }
        }
    }

    /** What the controller of the next inventory starts from. */
    public Remembered remembered(Map<Target, Settled> health) {
        return ledger.remembered(health);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        workers.values().forEach(RouterWorker::close);
        lan.ifPresent(LanDesk::close);
    }
}
