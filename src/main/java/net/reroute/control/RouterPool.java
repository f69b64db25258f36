package net.reroute.control;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.control.RouterRound.Result;
import net.reroute.control.RouterWorker.Round;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Facts.At;
import net.reroute.core.Inventory;
import net.reroute.core.Outcome;
import net.reroute.core.Prefix;
import net.reroute.core.Reading;
import net.reroute.core.Reason;
import net.reroute.core.RouterRemarks.NotSaved;
import net.reroute.core.RouterRemarks.RouterBack;
import net.reroute.core.RouterRemarks.RouterLost;
import net.reroute.core.RouterRemarks.RouterUnwatched;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Takeover;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.arp.GuardedAddress;

/** All routers, and the LAN that is handled like one: hands each its part of what was decided, and takes in what they answer. */
final class RouterPool implements AutoCloseable {

    /** Timed changes go back after a minute, and a device may take its time. */
    private static final Duration TIMER = Duration.ofSeconds(75);

    private final Parts parts;
    private final ControllerState ledger;
    private final DecisionCycle host;
    private final Map<String, RouterWorker> workers = new ConcurrentHashMap<>();
    private final MovesInProgress underWay = new MovesInProgress();
    private final ProbeEvidence witness = new ProbeEvidence();
    private final ObservationHandler noter;
    private final MoveCompletion moveEnd;
    private volatile Optional<ArpController> lan = Optional.empty();
    private volatile Optional<Fallback> fallback = Optional.empty();

    RouterPool(Parts parts, ControllerState ledger, DecisionCycle host) {
        this.parts = parts;
        this.ledger = ledger;
        this.host = host;
        this.noter = new ObservationHandler(parts, ledger);
        this.moveEnd = new MoveCompletion(parts, ledger, workers, underWay, noter, host, witness);
        parts.inventory().routers().values().forEach(spec -> workers.put(spec.name(), worker(spec)));
        openLan();
    }

    private RouterWorker worker(RouterSpec spec) {
        RouterWatch watch = watch(spec);
        RouterSession session = new RouterSession(spec, parts.clock(), parts.opener(), listener(Optional.of(watch)));
        return new RouterWorker(spec, session,
                new RoundContext(parts, ledger, host, spec.name(), watch::isOpen), Optional.of(watch));
    }

    private void openLan() {
        Optional<ArpController> next = ArpController.isNeeded(inventory())
                ? Optional.of(new ArpController(parts, ledger, cause -> host.cycle(cause, RefreshScope.ALL)))
                : Optional.empty();
        fallback = next.map(desk -> new Fallback(parts, ledger, desk));
        lan = next;
        lan.ifPresent(this::join);
    }

    /**
     * Another inventory is in force. A router that stands in it as before keeps its session and its work; of another, the
     * round under way is ended by those who began it, and what waits is decided anew.
     */
    void adopt(Inventory before) {
        Map<String, RouterSpec> wanted = inventory().routers();
        workers.values().stream().filter(w -> !w.name().equals(Takeover.LAN) && !w.spec().equals(wanted.get(w.name())))
                .toList().forEach(w -> {
                    workers.remove(w.name());
                    w.retire(() -> {
                    });
                });
        wanted.values().forEach(spec -> workers.computeIfAbsent(spec.name(), n -> worker(spec)));
        workers.forEach((name, worker) -> worker.watchOnly(prefixes(name)));
        if (!ArpController.concern(inventory()).equals(ArpController.concern(before))) {
            reopenLan();
        }
    }

    private void reopenLan() {
        Optional<ArpController> old = lan;
        Optional<RouterWorker> worker = Optional.ofNullable(workers.remove(Takeover.LAN));
        Runnable close = () -> old.ifPresent(ArpController::close);
        worker.ifPresentOrElse(w -> w.retire(close), close);
        openLan();
    }

    private Inventory inventory() {
        return parts.inventory();
    }

    private void join(ArpController desk) {
        desk.keepAlso(fallback.orElseThrow());
        desk.sayWhatIsMissing();
        desk.segment().lan().keepWarm();
        desk.keep();
        if (inventory().services().values().stream().anyMatch(Service::livesOnLan)) {
            RouterSession session = new RouterSession(RouterSpec.LAN, parts.clock(),
                    (spec, within) -> new LanRedirector(desk),
                    listener(Optional.empty()));
            workers.put(Takeover.LAN, new RouterWorker(RouterSpec.LAN, session,
                    new RoundContext(parts, ledger, host, Takeover.LAN, () -> false), Optional.empty()));
        }
    }

    // ---- handing out ---------------------------------------------------------------------------------------------

    boolean isNew(Decision decision) {
        return underWay.isNew(decision);
    }

    /** Notes a move that was decided; if it is under way already, both get the one answer. */
    Move begin(Decision decision, Snapshot now) {
        Move move = Move.of(decision, now, parts.clock().instant());
        underWay.add(move).ifPresent(before -> {
            if (before.decision.to().equals(decision.to())) {
                move.outcome.thenAccept(before.outcome::complete); // asked for twice: both get the one answer
            } else {
                moveEnd.overtaken(before, decision);
            }
        });
        return move;
    }

    /** Hands each router its part; the future ends when all have answered or cannot be reached. */
    CompletableFuture<Void> hand(Snapshot now, List<Decision> made, RefreshScope look) {
        return CompletableFuture.allOf(workers.values().stream().map(w -> hand(w, now, made, look))
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> hand(RouterWorker worker, Snapshot now, List<Decision> made, RefreshScope look) {
        boolean reads = look == RefreshScope.ALL || look == RefreshScope.CHEAP && worker.isCheapToRead();
        List<Decision> part = made.stream().filter(d -> d.service().routers().contains(worker.name()))
                .filter(d -> reads || now.asked(d.service()) || concerns(d, worker.name()))
                .filter(d -> mayTouch(d, now)).toList();
        if (part.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        boolean byHand = !now.cause().asked().isEmpty();
        boolean show = !ledger.acts(parts.may()) || now.wishes().pause().isPresent() && !byHand;
        List<Decision> urgent = part.stream().filter(d -> isLost(worker, d)).toList();
        if (!urgent.isEmpty()) {
            Outcome.OnRouter on = new Outcome.OnRouter(worker.name(), Outcome.Kind.UNREACHABLE, worker.status().why(),
                    List.of());
            Thread.ofPlatform().daemon().name("lost-" + worker.name()).start(() -> results(urgent.stream()
                    .map(d -> Result.unseen(d, on)).toList(), show));
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> answered = new CompletableFuture<>();
        Round round = new Round(now, part, Optional.empty(), show, byHand, results -> {
            results(results, show);
            answered.complete(null);
        });
        boolean careful = !show && part.stream().noneMatch(d -> d.kind() == Kind.FAILOVER);
        List<Service> planned = part.stream().filter(d -> careful && d.kind() == Kind.PLANNED).map(Decision::service)
                .filter(s -> !s.livesOnLan()).toList();
        if (planned.isEmpty()) {
            worker.submit(round);
        } else {
            Thread.ofPlatform().daemon().name("glance").start(() -> glance(planned, worker, round));
        }
        return answered;
    }

    /**
     * Whether services answer through a router as things are, before a planned move: a probe that fails before it as well
     * says nothing of the new server. Not on the router's thread, which a failover may want. Not on the LAN: a question
     * makes the asker's neighbour entry new, and Linux takes no gratuitous ARP for one that was changed within a second
     * (arp(7), locktime).
     */
    private void glance(List<Service> planned, RouterWorker worker, Round round) {
        try {
            parts.prober().glance(planned, worker.addresses())
                    .forEach((service, finding) -> witness.before(service, finding.kind()));
        } finally {
            worker.submit(round);
        }
    }

    /** A router that is known to be lost is not asked first while traffic waits; when it is back, everything is looked at. */
    private boolean isLost(RouterWorker worker, Decision decision) {
        return lan.isPresent() && decision.kind() == Kind.FAILOVER && decision.service().fallsBack()
                && worker.status().state() == RouterStatus.State.UNREACHABLE;
    }

    /** While paused, what somebody asks for by hand must not take others along. */
    private static boolean mayTouch(Decision decision, Snapshot now) {
        return now.wishes().pause().isEmpty() || now.cause().asked().isEmpty() || now.asked(decision.service());
    }

    /** Without a reason to look, only routers that should be changed are asked. */
    private boolean concerns(Decision decision, String router) {
        List<String> seen = ledger.seen(router, decision.service().name());
        boolean behind = !seen.isEmpty() && !decision.to().isEmpty() && !decision.isAt(seen);
        return decision.isMove() || behind && decision.kind() != Kind.HOLD;
    }

    private void results(List<Result> results, boolean show) {
        List<Result> silent = lan.isEmpty()
                ? List.of()
                : results.stream().filter(Fallback::concerns).toList();
        if (!silent.isEmpty()) {
            // Servers are asked for that, and the router's thread must not wait for them.
            Thread.ofPlatform().daemon().name("fallback").start(() -> settle(fallback.get().act(silent, show)));
        }
        settle(results.stream().filter(r -> !silent.contains(r)).toList());
    }

    private void settle(List<Result> results) {
        Set<String> adopted = new HashSet<>();
        results.stream().filter(noter::note).forEach(r -> adopted.add(r.decision().service().name()));
        lan.ifPresent(desk -> {
            if (!ledger.takeovers().isEmpty() && ledger.acts(parts.may()) && ledger.wishes().pause().isEmpty()) {
                Thread.ofPlatform().daemon().name("fallback").start(fallback.get()::review);
            }
            desk.keep();
        });
        lookWhenTimersHaveRun(results);
        moveEnd.goOn(underWay.take(results));
        if (results.stream().anyMatch(r -> r.on().kind() == Outcome.Kind.OVERTAKEN)) {
            host.cycle(Cause.of("decided anew"), RefreshScope.NONE);
        } else if (!adopted.isEmpty()) {
            host.cycle(Cause.of("adopted what was found"), RefreshScope.NONE);
        }
    }

    /**
     * Some devices take a planned change back by themselves unless they are told to keep it. They were; what came of it is
     * looked at when their timer would have run out.
     */
    private void lookWhenTimersHaveRun(List<Result> results) {
        boolean any = false;
        for (Result result : results) {
            boolean may = inventory().routers().containsKey(result.on().router()) && inventory().routers()
                    .get(result.on().router()).cli().filter(c -> c.dialect().mayRevert()).isPresent();
            if (may && result.on().kind() == Outcome.Kind.MOVED
                    && result.shift().filter(Shift::planned).isPresent()) {
                ledger.timed(new At(result.on().router(), result.decision().service().name()),
                        new ControllerState.Timed(
                                result.shift().get().before().servers(),
                                parts.clock().instant().plus(TIMER).plus(TIMER)));
                any = true;
            }
        }
        if (any) {
            parts.later().accept(TIMER, () -> host.cycle(Cause.of("timers of routers have run out"), RefreshScope.ALL));
        }
    }

    private RouterWatch watch(RouterSpec spec) {
        return new RouterWatch(spec.name(), prefixes(spec.name()), parts, new RouterWatch.Host() {
            @Override
            public void look(String why) {
                lookAt(spec.name(), why);
            }

            @Override
            public void unwatched(String why) {
                parts.recorder().record(new RouterUnwatched(spec.name(), why));
            }
        });
    }

    private List<Prefix> prefixes(String router) {
        return inventory().services().values().stream().filter(s -> s.routers().contains(router)).map(Service::prefix)
                .toList();
    }

    /** Reads one router, and brings it to what is decided; moves begin in cycles, which ask whoever may object. */
    private void lookAt(String router, String why) {
        Snapshot now = host.situation(Cause.of(router + ": " + why));
        List<Decision> settled = host.decide(now).stream().filter(d -> !d.isMove()).toList();
        Optional.ofNullable(workers.get(router)).ifPresent(worker -> hand(worker, now, settled, RefreshScope.ALL));
    }

    private RouterSession.Listener listener(Optional<RouterWatch> watch) {
        return new RouterSession.Listener() {
            @Override
            public void changed(RouterSpec spec, RouterStatus before, RouterStatus now) {
                routerChanged(spec, before, now);
            }

            @Override
            public void notSaved(RouterSpec spec, String why) {
                parts.recorder().record(new NotSaved(spec.name(), why));
            }

            @Override
            public void noticed(RouterSpec spec) {
                host.cycle(Cause.of("the configuration of " + spec.name() + " was examined"), RefreshScope.ALL);
            }

            @Override
            public void opened(RouterSpec spec, Redirector redirector) {
                watch.ifPresent(w -> w.follow(redirector.traits()));
            }
        };
    }

    private void routerChanged(RouterSpec spec, RouterStatus before, RouterStatus now) {
        if (now.state() == RouterStatus.State.REACHABLE) {
            if (before.state() != RouterStatus.State.UNKNOWN) {
                parts.recorder().record(new RouterBack(spec.name()));
            }
            host.cycle(Cause.of(spec.name() + " is reachable"), RefreshScope.ALL);
        } else {
            parts.recorder().record(
                    new RouterLost(spec.name(), now.state() == RouterStatus.State.REFUSED, now.why()));
        }
    }

    // ---- what they are, and what else they do --------------------------------------------------------------------

    Map<String, RouterStatus> routers() {
        Map<String, RouterStatus> all = new LinkedHashMap<>();
        Stream.concat(inventory().routers().keySet().stream(), Stream.of(Takeover.LAN))
                .forEach(name -> Optional.ofNullable(workers.get(name)).ifPresent(w -> all.put(name, w.status())));
        return all;
    }

    /** Where a table could not be read, nobody knows that there is no route in it, and to make one is no advice. */
    Decision unread(Decision decision) {
        return workers.values().stream().filter(w -> decision.service().routers().contains(w.name()))
                .filter(w -> w.status().state() == RouterStatus.State.REFUSED
                        || w.status().state() == RouterStatus.State.UNREACHABLE)
                .findFirst().map(w -> new Decision(decision.service(), decision.kind(), decision.from(), decision.to(),
                        new Reason.NoRouteRead(decision.service().prefix(), w.name(), w.status().why())))
                .orElse(decision);
    }

    /** What a router does otherwise than decided, and why it is left so; by router. */
    Map<String, String> drift(String service) {
        Map<String, String> all = new LinkedHashMap<>();
        routers().keySet().forEach(r -> noter.drift(r, service).ifPresent(text -> all.put(r, text)));
        return all;
    }

    /** Asks services through their routers; of several, the one that says most. */
    Map<Service, Prober.Finding> probe(Collection<Service> services) {
        Map<Service, Prober.Finding> findings = new LinkedHashMap<>();
        for (RouterWorker worker : workers.values()) {
            List<Service> there = services.stream().filter(s -> s.routers().contains(worker.name())).toList();
            if (!there.isEmpty()) {
                parts.prober().probe(there, worker.addresses()).forEach((service, finding) -> findings.merge(service,
                        finding, (a, b) -> a.kind() == Prober.Kind.NOT_TAKEN ? b : a));
            }
        }
        return findings;
    }

    /** What the routers of a service held when they were last read; those that were not are left out. */
    Map<String, Reading> readings(Service service) {
        Map<String, Reading> all = new LinkedHashMap<>();
        service.routers().forEach(r -> ledger.reading(r, service.name()).ifPresent(seen -> all.put(r, seen)));
        return all;
    }

    /** Routers that a move still waits for, and why. */
    String waitingFor(Move move) {
        return underWay.state(move).awaited().stream()
                .map(r -> r + ": " + Optional.ofNullable(workers.get(r)).map(RouterWorker::whyItWaits)
                        .orElse("the inventory has it no more"))
                .collect(Collectors.joining("; "));
    }

    /** True if every router of a service was last seen to do what is decided. */
    boolean isAsDecided(Decision decision) {
        String service = decision.service().name();
        return drift(service).isEmpty() && decision.service().routers().stream()
                .allMatch(r -> decision.isAt(ledger.seen(r, service)));
    }

    /** Addresses that are looked after on the LAN. */
    Collection<GuardedAddress.Report> takeovers() {
        return lan.map(ArpController::reports).orElse(List.of());
    }

    /** Announces takeovers again where that is due. */
    void announce() {
        lan.ifPresent(desk -> desk.segment().guard().tick());
    }

    /** A server that was DOWN has answered once. */
    void sighted(String server) {
        lan.ifPresent(desk -> desk.sighted(server));
    }

    /** Saves the configurations that were changed, where the inventory names this occasion. */
    void save(RouterSpec.Save occasion) {
        workers.values().forEach(w -> w.save(occasion));
    }

    /** True if no move is under way and no router has work. */
    boolean isIdle() {
        return underWay.isEmpty() && workers.values().stream().allMatch(RouterWorker::isIdle)
                && lan.map(desk -> desk.segment().guard().isIdle()).orElse(true);
    }

    /** Pings every session, or tries to log in again. */
    void keepWarm() {
        workers.values().forEach(RouterWorker::keepWarm);
        lan.ifPresent(desk -> desk.segment().lan().keepWarm());
    }

    /** Runs a round that only tells what would be typed. */
    void show(Snapshot now, List<Decision> decisions, BiConsumer<String, List<Result>> told) {
        for (RouterWorker worker : workers.values()) {
            List<Decision> part = decisions.stream().filter(d -> d.service().routers().contains(worker.name()))
                    .toList();
            if (!part.isEmpty()) {
                worker.submit(new Round(now, part, Optional.empty(), true, true, r -> told.accept(worker.name(), r)));
            }
        }
    }

    @Override
    public void close() {
        workers.values().forEach(RouterWorker::close);
        lan.ifPresent(ArpController::close);
    }
}
