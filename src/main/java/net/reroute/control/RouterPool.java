package net.reroute.control;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.reroute.core.Decision;
import net.reroute.core.Inventory;
import net.reroute.core.Prefix;
import net.reroute.core.Reading;
import net.reroute.core.Reason;
import net.reroute.core.RouterRemarks.RouterUnwatched;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Takeover;
import net.reroute.redirect.arp.GuardedAddress;

/** All routers, and the LAN as one more. Opens, keeps and closes them as the inventory says. */
public final class RouterPool implements AutoCloseable {

    private final Parts parts;
    private final ControllerState state;
    private final DecisionCycle controller;
    private final Map<String, RouterWorker> workers = new ConcurrentHashMap<>();
    private final ObservationHandler observations;
    private final LanTakeover lan;
    private final Dispatcher dispatcher;
    private final ConnectionCounter counter;

    RouterPool(Parts parts, ControllerState state, DecisionCycle controller) {
        this.parts = parts;
        this.state = state;
        this.controller = controller;
        this.observations = new ObservationHandler(parts, state);
        this.lan = new LanTakeover(parts, state, controller);
        this.dispatcher = new Dispatcher(parts, state, workers, lan, observations, controller);
        this.counter = new ConnectionCounter(parts, state.flows(), controller);
        parts.inventory().devices().values().forEach(spec -> workers.put(spec.name(), worker(spec)));
        lan.open().ifPresent(this::join);
    }

    /** Gives routers their part of the decisions. */
    Dispatcher dispatcher() {
        return dispatcher;
    }

    private RouterWorker worker(RouterSpec spec) {
        RouterWatch watch = watch(spec);
        RouterSession session = new RouterSession(spec, parts.clock(), parts.factory(),
                new SessionNews(parts, controller, Optional.of(watch)));
        return new RouterWorker(spec, session,
                new RoundContext(parts, state, controller, spec.name(), watch::isOpen), Optional.of(watch));
    }

    /**
     * Another inventory is in force. An unchanged router keeps its session and its work. For a changed or removed
     * router the round in progress ends as usual, and waiting rounds are decided anew.
     */
    void adopt(Inventory before) {
        Map<String, RouterSpec> wanted = inventory().devices();
        workers.values().stream().filter(w -> !w.name().equals(Takeover.LAN) && (!w.spec().equals(wanted.get(w.name()))
                || !before.besideRoutes(w.name()).equals(inventory().besideRoutes(w.name()))))
                .toList().forEach(w -> workers.remove(w.name()).retire());
        wanted.values().forEach(spec -> workers.computeIfAbsent(spec.name(), n -> worker(spec)));
        state.flows().keepOnly(wanted.keySet());
        workers.forEach((name, worker) -> worker.watchOnly(prefixes(name)));
        if (!ArpController.concern(inventory()).equals(ArpController.concern(before))) {
            Optional<RouterWorker> worker = Optional.ofNullable(workers.remove(Takeover.LAN));
            lan.reopen(close -> worker.ifPresentOrElse(w -> w.retire(close), close)).ifPresent(this::join);
        }
    }

    /** If service addresses live on the LAN, it is handled like one more router. */
    private void join(ArpController arp) {
        if (inventory().services().values().stream().anyMatch(Service::livesOnLan)) {
            RouterSession session = new RouterSession(RouterSpec.LAN, parts.clock(),
                    (spec, within) -> new LanRedirector(arp), new SessionNews(parts, controller, Optional.empty()));
            workers.put(Takeover.LAN, new RouterWorker(RouterSpec.LAN, session,
                    new RoundContext(parts, state, controller, Takeover.LAN, () -> false), Optional.empty()));
        }
    }

    /** Counts connections at servers that were left. Does not wait. */
    public void countConnections() {
        counter.count(workers.values());
    }

    /** Connections at servers that carry nothing new. */
    public LeftConnections leftConnections() {
        return counter.left(workers.values());
    }

    private Inventory inventory() {
        return parts.inventory();
    }

    private RouterWatch watch(RouterSpec spec) {
        return new RouterWatch(spec.name(), prefixes(spec.name()), parts, new RouterWatch.Listener() {
            @Override
            public void look(String why) {
                lookAt(spec.name(), why);
            }

            @Override
            public void unwatched(String why) {
                parts.audit().record(new RouterUnwatched(spec.name(), why));
            }
        });
    }

    private List<Prefix> prefixes(String router) {
        return inventory().services().values().stream().filter(s -> s.routers().contains(router) && !s.isList())
                .map(Service::prefix)
                .toList();
    }

    /** Reads one router and aligns it with earlier decisions. Moves begin only in cycles, which ask for objections. */
    private void lookAt(String router, String why) {
        Snapshot now = controller.snapshot(Cause.of(router + ": " + why));
        List<Decision> settled = controller.decide(now).stream().filter(d -> !d.isMove()).toList();
        Optional.ofNullable(workers.get(router))
                .ifPresent(worker -> dispatcher.hand(worker, now, settled, RefreshScope.ALL));
    }

    // ---- status and other work --------------------------------------------------------------------------------------

    /** The state of each router by name, and of the LAN under {@code lan} where addresses live there. */
    public Map<String, RouterStatus> routers() {
        Map<String, RouterStatus> all = new LinkedHashMap<>();
        Stream.concat(inventory().devices().keySet().stream(), Stream.of(Takeover.LAN))
                .forEach(name -> Optional.ofNullable(workers.get(name)).ifPresent(w -> all.put(name, w.status())));
        return all;
    }

    /** How much work waits for each router. */
    public Map<String, Integer> queues() {
        Map<String, Integer> all = new LinkedHashMap<>();
        routers().keySet().forEach(name -> Optional.ofNullable(workers.get(name))
                .ifPresent(w -> all.put(name, w.undone())));
        return all;
    }

    /** If a table cannot be read, there may be a route in it: the reason then names the router. */
    Decision unread(Decision decision) {
        return workers.values().stream().filter(w -> decision.service().routers().contains(w.name()))
                .filter(w -> w.status().isUnusable()).findFirst()
                .map(w -> new Decision(decision.service(), decision.kind(), decision.from(), decision.to(),
                        new Reason.NoRouteRead(decision.reason(), w.name(), w.status().why())))
                .orElse(decision);
    }

    /** How routers differ from the decision and why they are left so, by router. */
    public Map<String, String> drift(String service) {
        Map<String, String> all = new TreeMap<>();
        // Not routers(), which looks through the whole inventory: this is asked for every service.
        workers.keySet().forEach(r -> observations.drift(r, service).ifPresent(text -> all.put(r, text)));
        return all;
    }

    /** Probes services through their routers. Of several findings, one that proves something wins. Blocks. */
    public Map<Service, Prober.ProbeFinding> probe(Collection<Service> services) {
        Map<Service, Prober.ProbeFinding> findings = new LinkedHashMap<>();
        for (RouterWorker worker : workers.values()) {
            List<Service> there = services.stream()
                    .filter(s -> s.routers().contains(worker.name()) && !s.isList()).toList();
            if (!there.isEmpty()) {
                parts.prober().probe(there, worker.addresses()).forEach((service, finding) -> findings.merge(service,
                        finding, (a, b) -> a.kind() == Prober.ProbeResult.NOT_TAKEN ? b : a));
            }
        }
        return findings;
    }

    /** What the routers of a service held when last read. Routers that were not read are missing. */
    public Map<String, Reading> readings(Service service) {
        Map<String, Reading> all = new LinkedHashMap<>();
        service.routers().forEach(r -> state.reading(r, service.name()).ifPresent(seen -> all.put(r, seen)));
        return all;
    }

    /** True if every router of the service was last seen to be as decided. */
    boolean isAsDecided(Decision decision) {
        String service = decision.service().name();
        return drift(service).isEmpty() && decision.service().routers().stream()
                .allMatch(r -> decision.isAt(state.seen(r, service)));
    }

    /** The addresses that are guarded on the LAN. */
    public Collection<GuardedAddress.AddressReport> takeovers() {
        return lan.controller().map(ArpController::reports).orElse(List.of());
    }

    /** Repeats announcements of takeovers that are due. */
    public void announce() {
        lan.controller().ifPresent(arp -> arp.segment().guard().tick());
    }

    /** A server that was DOWN has answered once. */
    public void sighted(String server) {
        lan.controller().ifPresent(arp -> arp.sighted(server));
    }

    /** Saves changed configurations of the routers that the inventory saves on this occasion. */
    public void save(RouterSpec.Save occasion) {
        workers.values().forEach(w -> w.save(occasion));
    }

    /** True if no move is in progress and no router has work. */
    boolean isIdle() {
        return dispatcher.isIdle() && workers.values().stream().allMatch(RouterWorker::isIdle)
                && lan.controller().map(arp -> arp.segment().guard().isIdle()).orElse(true);
    }

    /** Pings every session, or tries to log in again. Does not wait. */
    public void keepWarm() {
        workers.values().forEach(RouterWorker::keepWarm);
        lan.controller().ifPresent(arp -> arp.segment().lan().keepWarm());
    }

    @Override
    public void close() {
        workers.values().forEach(RouterWorker::close);
        lan.close();
    }
}
