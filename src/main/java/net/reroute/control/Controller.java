package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import net.reroute.control.RouterRound.Result;
import net.reroute.control.RouterWorker.Round;
import net.reroute.core.Address;
import net.reroute.core.By;
import net.reroute.core.Change;
import net.reroute.core.Comparison;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Durations;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Outcome;
import net.reroute.core.Placement;
import net.reroute.core.Placement.Origin;
import net.reroute.core.Planner;
import net.reroute.core.Remembered;
import net.reroute.core.Remembered.At;
import net.reroute.core.Remembered.Begun;
import net.reroute.core.Remembered.Settled;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Situation;
import net.reroute.core.Situation.Cause;
import net.reroute.core.Situation.Pair;
import net.reroute.core.Target;
import net.reroute.core.Verdict;
import net.reroute.core.Wish;
import net.reroute.core.Wishes;
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

    private static final By SELF = new By("reroute", "", Instant.EPOCH);

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final Parts parts;
    private final Inventory inventory;
    private final Ledger ledger;
    private final Instant started;
    private final Set<String> scope;
    private final Map<String, RouterWorker> workers = new LinkedHashMap<>();
    private final Map<String, Move> moves = new HashMap<>();
    private final Map<String, String> said = new ConcurrentHashMap<>();
    private final Map<At, String> drift = new ConcurrentHashMap<>();
    private final Set<Instant> soaking = new HashSet<>();
    private final Map<String, Integer> retries = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Wanted wanted = new Wanted();
    private final Thread thread;
    private volatile List<Decision> decisions = List.of();
    private volatile Instant sightedAt = Instant.EPOCH;
    private boolean blind;
    private volatile boolean closed;

    /** @param scope the services it may act on */
    public Controller(Parts parts, Remembered remembered, Set<String> scope) {
        this.parts = parts;
        this.inventory = parts.inventory();
        this.ledger = new Ledger(remembered);
        this.started = parts.clock().instant();
        this.scope = Set.copyOf(scope);
        for (RouterSpec spec : inventory.routers().values()) {
            RouterSession session = new RouterSession(spec, parts.clock(), parts.opener(), this::routerChanged);
            workers.put(spec.name(), new RouterWorker(spec, session, host(spec.name())));
        }
        this.thread = Thread.ofVirtual().name("cycle").start(this::loop);
    }

    private RouterRound.Host host(String router) {
        return new RouterRound.Host() {
            @Override
            public Comparison.Memory memory(Service service) {
                return ledger.memory(router, service.name());
            }

            @Override
            public boolean isStillWanted(List<Decision> due, Situation then) {
                Map<String, List<String>> wanted = new HashMap<>();
                decide(situation(then.cause(), then.wishes())).forEach(d -> wanted.put(d.service().name(), d.to()));
                return due.stream().allMatch(d -> d.to().equals(wanted.get(d.service().name())));
            }

            @Override
            public void about(List<Change> changes) {
                changes.forEach(c -> ledger.own(c.service().name(), c.after()));
                parts.recorder().about(router, changes, changes.stream().map(c -> new Begun(
                        inventory.serversBehind(c.service(), c.after()).orElse(List.of()), c.reason())).toList());
            }
        };
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    public Situation situation(Cause cause) {
        return situation(cause, ledger.wishes());
    }

    Situation situation(Cause cause, Wishes wishes) {
        return new Situation(inventory, parts.monitor()::verdict, wishes, ledger.placements(), ledger.setAside(), cause,
                new Situation.Times(started, sightedAt, parts.clock().instant()));
    }

    /** What would be decided now. */
    public List<Decision> decide(Situation situation) {
        return Planner.decide(situation).stream().filter(d -> scope.contains(d.service().name())).toList();
    }

    public Inventory inventory() {
        return inventory;
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
        workers.keySet().forEach(r -> Optional.ofNullable(drift.get(new At(r, service))).ifPresent(t -> all.put(r, t)));
        return all;
    }

    public Optional<String> trouble() {
        return parts.recorder().trouble();
    }

    // ---- the cycle -----------------------------------------------------------------------------------------------

    /** Decides and hands out what follows. Does not wait for any router. */
    public void cycle(Cause cause, boolean look) {
        wanted.merge(cause, look);
    }

    /** Causes that come while a cycle runs become one more cycle. */
    private void loop() {
        try {
            while (!closed) {
                Wanted.Next next = wanted.take();
                try {
                    cycle(situation(next.cause()), next.look());
                } catch (RuntimeException e) {
                    LOG.error("a cycle ended with a mistake of the program; the next one goes on", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Looks at every router once; the future ends when all have answered or cannot be reached. */
    public CompletableFuture<Void> look(Cause cause) {
        return cycle(situation(cause), true).answered();
    }

    /** As {@link #cycle(Cause, boolean)}; returns the moves by service, for whoever waits for them. */
    Cycle cycle(Situation now, boolean look) {
        lock.lock();
        try {
            if (closed) {
                return new Cycle(List.of(), Map.of(), CompletableFuture.completedFuture(null));
            }
            withdrawOver(now);
            List<Decision> made = decide(sighted(now));
            decisions = made;
            made.forEach(this::sayIfHeld);
            made.forEach(d -> wakeAfterSoak(d, now));
            Map<String, Move> begun = new LinkedHashMap<>();
            made.stream().filter(d -> d.isMove() && isNew(d, now)).forEach(d -> begun.put(d.service().name(),
                    begin(d, now)));
            CompletableFuture<?>[] answers = workers.values().stream().map(w -> hand(w, now, made, look))
                    .toArray(CompletableFuture[]::new);
            return new Cycle(made, begun, CompletableFuture.allOf(answers));
        } finally {
            lock.unlock();
        }
    }

    /** When the controller itself was cut off, the first server to come back must not get everything. */
    private Situation sighted(Situation now) {
        boolean was = blind;
        blind = now.isBlind();
        if (!was || blind) {
            return now;
        }
        Duration recovery = inventory.checks().values().stream().map(c -> c.timers().recovery())
                .max(Duration::compareTo).orElse(Duration.ZERO);
        sightedAt = now.times().now().plus(recovery);
        parts.later().accept(recovery.plusMillis(1), () -> cycle(Cause.of("who comes back has come back"), false));
        return situation(now.cause(), now.wishes());
    }

    private void withdrawOver(Situation now) {
        for (Wish wish : ledger.wishes().over(now.times().now())) {
            ledger.withdraw(wish.id());
            parts.recorder().over(wish);
        }
    }

    private boolean isNew(Decision decision, Situation now) {
        Move under = moves.get(decision.service().name());
        return under == null || !under.decision.to().equals(decision.to())
                || now.cause().asked().contains(decision.service().name());
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

    /** Traffic returns when the soak is over, and not only when somebody looks the next time. */
    private void wakeAfterSoak(Decision decision, Situation now) {
        Service service = decision.service();
        String wanted = now.wishes().pin(service.name(), now.times().now()).map(Wish::server).orElse(service.home());
        Verdict verdict = now.verdicts().apply(wanted, service.name());
        Instant over = verdict.since().plus(service.rules().soak());
        boolean waits = decision.kind() == Kind.STAY && !decision.from().contains(wanted) && verdict.candidate()
                && over.isAfter(now.times().now());
        if (waits && soaking.add(over)) {
            parts.later().accept(Duration.between(now.times().now(), over).plusMillis(1),
                    () -> soakIsOver(over, wanted));
        }
    }

    private void soakIsOver(Instant over, String server) {
        lock.lock();
        try {
            soaking.remove(over);
        } finally {
            lock.unlock();
        }
        cycle(Cause.of("the soak of " + server + " is over"), false);
    }

    /** Figures that change by themselves are no news. */
    private static String steady(String reason) {
        return reason.replaceAll("\\d+(\\.\\d+)?(ms|s|m|h|d)\\w*", "");
    }

    private Move begin(Decision decision, Situation now) {
        Map<String, Double> phases = new LinkedHashMap<>();
        if (decision.kind() == Kind.FAILOVER) {
            decision.from().stream().filter(s -> !decision.to().contains(s)).findFirst().ifPresent(lost -> {
                Verdict verdict = now.verdicts().apply(lost, decision.service().name());
                phases.put("detect", Durations.millis(Duration.between(verdict.doubtSince(), verdict.since())));
                phases.put("decide", Durations.millis(Duration.between(verdict.since(), parts.clock().instant())));
            });
        }
        Move move = new Move(decision, now.cause(), decision.service().routers(), phases);
        moves.put(decision.service().name(), move);
        return move;
    }

    private CompletableFuture<Void> hand(RouterWorker worker, Situation now, List<Decision> made, boolean look) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        List<Decision> part = made.stream().filter(d -> d.service().routers().contains(worker.name()))
                .filter(d -> look || concerns(d, worker.name())).filter(d -> mayTouch(d, now)).toList();
        if (part.isEmpty()) {
            answered.complete(null);
        } else {
            boolean paused = now.wishes().pause().isPresent() && now.cause().asked().isEmpty();
            boolean show = !parts.act() || paused;
            worker.submit(new Round(now, part, Optional.empty(), show, !now.cause().asked().isEmpty(),
                    results -> {
                        results(results);
                        answered.complete(null);
                    }));
        }
        return answered;
    }

    /** While paused, what somebody asks for by hand must not take others along. */
    private static boolean mayTouch(Decision decision, Situation now) {
        return now.wishes().pause().isEmpty() || now.cause().asked().isEmpty()
                || now.cause().asked().contains(decision.service().name());
    }

    /** Without a reason to look, only routers that should be changed are asked. */
    private boolean concerns(Decision decision, String router) {
        List<Address> seen = ledger.seen(router, decision.service().name());
        boolean behind = !seen.isEmpty() && !decision.to().isEmpty()
                && !seen.equals(inventory.nextHops(decision.to()));
        return decision.isMove() || behind && decision.kind() != Kind.HOLD;
    }

    // ---- results -------------------------------------------------------------------------------------------------

    private void results(List<Result> results) {
        List<Move> verified = new ArrayList<>();
        boolean adopted = false;
        lock.lock();
        try {
            for (Result result : results) {
                adopted |= note(result);
                Move move = moves.get(result.decision().service().name());
                if (move != null && move.decision.to().equals(result.decision().to()) && move.take(result)) {
                    verified.add(move);
                }
            }
        } finally {
            lock.unlock();
        }
        allAnswered(verified);
        if (adopted) {
            cycle(Cause.of("adopted what was found"), false);
        }
    }

    /** Remembers what one router now does. Returns true if a placement was adopted from it. */
    private boolean note(Result result) {
        Service service = result.decision().service();
        At at = new At(result.on().router(), service.name());
        Outcome.Kind kind = result.on().kind();
        if (kind == Outcome.Kind.MOVED || kind == Outcome.Kind.ALREADY || kind == Outcome.Kind.PUT_BACK) {
            drift.remove(at);
            see(at, result.hops());
            place(result, kind);
            return false;
        }
        if (ledger.placement(service.name()).map(Placement::servers).equals(Optional.of(result.found()))) {
            drift.remove(at); // another router, or another round, saw the same
            see(at, result.hops());
            return false;
        }
        boolean adopted = !result.found().isEmpty() && adopt(result, at);
        if (!adopted && (kind == Outcome.Kind.LEFT || kind == Outcome.Kind.SHOWN)) {
            sayDrift(at, result);
        }
        return adopted;
    }

    private void see(At at, List<Address> hops) {
        if (ledger.see(at.router(), at.service(), hops)) {
            parts.recorder().seen(at, hops);
        }
    }

    private void place(Result result, Outcome.Kind kind) {
        Decision decision = result.decision();
        String service = decision.service().name();
        boolean newPlace = !ledger.placement(service).map(Placement::servers).equals(Optional.of(decision.to()));
        if (kind == Outcome.Kind.MOVED && decision.isMove() && newPlace) {
            Placement placement = new Placement(decision.to(), Origin.MOVED, parts.clock().instant(),
                    decision.reason());
            ledger.place(service, placement);
            parts.recorder().placed(service, placement);
        } else if (kind == Outcome.Kind.MOVED && !decision.isMove()) {
            parts.recorder().event("aligned", service, result.on().router() + " now points at "
                    + String.join("+", decision.to()) + " as decided");
        } else if (kind == Outcome.Kind.ALREADY && decision.isMove() && newPlace) {
            ledger.place(service, new Placement(decision.to(), Origin.MOVED, parts.clock().instant(),
                    decision.reason()));
        }
    }

    private void sayDrift(At at, Result result) {
        String text = result.on().text();
        if (!text.equals(drift.put(at, text))) {
            String kind = result.on().kind() == Outcome.Kind.SHOWN ? "observe" : "drift";
            parts.recorder().warn(kind, at.service(), at.router() + ": " + text);
        }
    }

    /** What is found is where the service is, unless another router is known to carry it as decided. */
    private boolean adopt(Result result, At at) {
        Service service = result.decision().service();
        Optional<Placement> before = ledger.placement(service.name());
        boolean contradicted = before.isPresent() && service.routers().stream().filter(r -> !r.equals(at.router()))
                .anyMatch(r -> ledger.seen(r, service.name()).equals(inventory.nextHops(before.get().servers())));
        if (contradicted) {
            return false;
        }
        Optional<Begun> begun = ledger.takeBegun(service.name()).filter(b -> b.to().equals(result.found()));
        Placement placement = new Placement(result.found(), begun.isPresent() ? Origin.MOVED : Origin.FOUND,
                parts.clock().instant(), begun.map(Begun::reason).orElse("found on " + at.router()));
        boolean home = before.isEmpty() && result.found().contains(service.home());
        ledger.place(service.name(), placement);
        see(at, result.hops());
        parts.recorder().placed(service.name(), placement);
        drift.remove(at);
        if (!home) {
            parts.recorder().event("found", service.name(), "at " + String.join("+", result.found()) + " on "
                    + at.router() + (begun.isPresent() ? ", by a move that was cut off" : "; kept until released"));
        }
        return true;
    }

    // ---- the end of a move ---------------------------------------------------------------------------------------

    private void allAnswered(List<Move> answered) {
        List<Move> toProbe = new ArrayList<>();
        Map<Move, List<Result>> toPutBack = new LinkedHashMap<>();
        for (Move move : answered) {
            boolean all = move.decision.service().rules().policy() == Service.Policy.ALL;
            List<Result> moved = move.moved();
            if (all && move.decision.kind() == Kind.PLANNED && move.bad().isPresent() && !moved.isEmpty()) {
                String why = "the policy is all, and " + move.bad().get().on();
                toPutBack.put(move, moved.stream().map(r -> r.as(Outcome.Kind.FAILED, why)).toList());
            } else if (moved.isEmpty()) {
                end(move);
            } else {
                toProbe.add(move);
            }
        }
        putBack(toPutBack);
        if (!toProbe.isEmpty()) {
            Thread.ofVirtual().name("probes").start(() -> probe(toProbe));
        }
    }

    private void probe(List<Move> answered) {
        Instant began = parts.clock().instant();
        Map<String, Map<Service, Prober.Finding>> findings = new HashMap<>();
        for (RouterWorker worker : workers.values()) {
            List<Service> there = answered.stream().filter(m -> m.movedOn(worker.name()))
                    .map(m -> m.decision.service()).toList();
            findings.put(worker.name(), there.isEmpty() ? Map.of() : parts.prober().probe(there, worker.addresses()));
        }
        double took = Durations.millis(Duration.between(began, parts.clock().instant()));
        Map<Move, List<Result>> toPutBack = new LinkedHashMap<>();
        boolean again = false;
        for (Move move : answered) {
            move.phase("probe", took);
            List<Result> failed = found(move, findings);
            if (!failed.isEmpty() && move.decision.kind() == Kind.PLANNED && !move.decision.from().isEmpty()
                    && !move.cause.force()) {
                toPutBack.put(move, failed);
            } else {
                again |= !failed.isEmpty();
                probed(move, failed.isEmpty());
            }
        }
        putBack(toPutBack);
        if (again) {
            cycle(Cause.of("a probe through the router failed"), false);
        }
    }

    /** What the probes say of one move; returns the routers where it does not work. */
    private List<Result> found(Move move, Map<String, Map<Service, Prober.Finding>> findings) {
        List<Result> failed = new ArrayList<>();
        for (Result result : move.moved()) {
            Prober.Finding finding = findings.get(result.on().router()).get(move.decision.service());
            String text = switch (finding.kind()) {
                case GOOD -> "read back and probed";
                case NOT_TAKEN -> "read back, not probed: " + finding.text();
                case BAD -> "read back, but " + finding.text();
            };
            Result next = result.as(finding.kind() == Prober.Kind.BAD ? Outcome.Kind.FAILED : Outcome.Kind.MOVED, text);
            lock.lock();
            try {
                move.take(next);
            } finally {
                lock.unlock();
            }
            if (finding.kind() == Prober.Kind.BAD) {
                failed.add(next);
            }
        }
        return failed;
    }

    private void probed(Move move, boolean good) {
        String service = move.decision.service().name();
        List<String> joined = move.decision.to().stream().filter(s -> !move.decision.from().contains(s)).toList();
        if (good) {
            joined.forEach(s -> ledger.probed(new Pair(service, s)));
        } else {
            setAside(service, joined);
        }
        end(move);
    }

    /** Takes moves back, all of a router in one round. */
    private void putBack(Map<Move, List<Result>> made) {
        Map<String, List<Result>> byRouter = new LinkedHashMap<>();
        lock.lock();
        try {
            made.forEach((move, results) -> {
                move.waitFor(results.stream().map(r -> r.on().router()).toList());
                results.forEach(r -> byRouter.computeIfAbsent(r.on().router(), n -> new ArrayList<>()).add(r));
            });
        } finally {
            lock.unlock();
        }
        byRouter.forEach((router, results) -> workers.get(router).submit(new Round(situation(Cause.of("putting back")),
                results.stream().map(Result::decision).toList(), Optional.of(results), false, true,
                done -> putBackDone(made.keySet(), done))));
    }

    private void putBackDone(Set<Move> moves, List<Result> results) {
        Map<String, Move> byService = new HashMap<>();
        moves.forEach(m -> byService.put(m.decision.service().name(), m));
        List<Move> ended = new ArrayList<>();
        lock.lock();
        try {
            for (Result result : results) {
                note(result);
                Move move = byService.get(result.decision().service().name());
                if (move.take(result)) {
                    ended.add(move);
                }
            }
        } finally {
            lock.unlock();
        }
        ended.forEach(this::end);
    }

    private void end(Move move) {
        String service = move.decision.service().name();
        Outcome outcome = move.end();
        lock.lock();
        try {
            moves.remove(service, move);
            boolean putBack = outcome.routers().stream().anyMatch(r -> r.kind() == Outcome.Kind.PUT_BACK);
            if (putBack && !move.carried()) {
                restore(move);
            }
            parts.recorder().outcome(outcome, move.cause.by().orElse(SELF), ledger.placement(service));
            retry(move, outcome);
        } finally {
            lock.unlock();
        }
        move.outcome.complete(outcome);
    }

    /** The placement may have been changed by a router that has put it back since. */
    private void restore(Move move) {
        String service = move.decision.service().name();
        ledger.placement(service).filter(p -> p.servers().equals(move.decision.to()))
                .ifPresent(p -> ledger.place(service,
                        new Placement(move.decision.from(), p.origin(), parts.clock().instant(), "put back")));
        setAside(service, move.decision.to().stream().filter(s -> !move.decision.from().contains(s)).toList());
    }

    /** Only where its checks say UP and the way through the router says no; a server that is DOWN is passed over anyway. */
    private void setAside(String service, List<String> servers) {
        servers.stream().filter(s -> parts.monitor().verdict(s, service).state() == State.UP)
                .forEach(s -> ledger.setAside(new Pair(service, s), parts.clock().instant()));
    }

    /** A failover keeps every success and tries the rest again, soon at first. */
    private void retry(Move move, Outcome outcome) {
        String service = move.decision.service().name();
        if (outcome.good() || move.decision.kind() != Kind.FAILOVER) {
            retries.remove(service);
            return;
        }
        int times = retries.merge(service, 1, Integer::sum);
        parts.later().accept(Duration.ofMillis(500L << Math.min(6, times - 1)),
                () -> cycle(Cause.of("trying " + service + " again"), false));
    }

    // ---- routers -------------------------------------------------------------------------------------------------

    private void routerChanged(RouterSpec spec, RouterStatus before, RouterStatus now) {
        if (now.state() == RouterStatus.State.REACHABLE) {
            if (before.state() != RouterStatus.State.UNKNOWN) {
                parts.recorder().event("router-back", spec.name(), "reachable again");
            }
            parts.later().accept(Duration.ZERO, () -> cycle(Cause.of(spec.name() + " is reachable"), true));
        } else {
            parts.recorder().warn(now.state() == RouterStatus.State.REFUSED ? "router-refused" : "router-unreachable",
                    spec.name(), now.why());
        }
    }

    /** True if no move is under way and no router has work. */
    public boolean isIdle() {
        lock.lock();
        try {
            return moves.isEmpty() && wanted.isEmpty() && workers.values().stream().allMatch(RouterWorker::isIdle);
        } finally {
            lock.unlock();
        }
    }

    /** Pings every session, or tries to log in again. */
    public void keepWarm() {
        workers.values().forEach(RouterWorker::keepWarm);
    }

    /** Runs a round that only tells what would be typed. */
    void show(Situation now, List<Decision> wanted, BiConsumer<String, List<Result>> told) {
        for (RouterWorker worker : workers.values()) {
            List<Decision> part = wanted.stream().filter(d -> d.service().routers().contains(worker.name())).toList();
            if (!part.isEmpty()) {
                worker.submit(new Round(now, part, Optional.empty(), true, true, r -> told.accept(worker.name(), r)));
            }
        }
    }

    /** What the controller of the next inventory starts from. */
    public Remembered remembered(Map<Target, Settled> health) {
        return ledger.remembered(health);
    }

    /** The decisions of the last cycle. */
    public List<Decision> decisions() {
        return decisions;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        workers.values().forEach(RouterWorker::close);
    }
}
