package net.reroute.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.Controller;
import net.reroute.control.LeftConnections;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Health.State;
import net.reroute.core.Intent;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.journal.JournalRow;
import net.reroute.operations.StatusReport.Candidate;
import net.reroute.operations.StatusReport.ControllerMode;
import net.reroute.operations.StatusReport.Events;
import net.reroute.operations.StatusReport.OfRouter;
import net.reroute.operations.StatusReport.OfService;
import net.reroute.operations.StatusReport.Troubles;
import net.reroute.operations.StatusReport.Wishes;
import net.reroute.redirect.arp.GuardedAddress;

/** Builds the status. */
final class StatusQuery {

    private final Controller controller;
    /** What the decisions are made from, so that no verdict beside one contradicts it. */
    private final Snapshot snapshot;
    private final ControllerAccess access;
    private final Instant now;
    private final LeftConnections left;
    private final Inventory inventory;
    private final StandingFacts facts;
    private final List<JournalRow> recent;
    /** When services last left their homes, as far as the newest rows tell. */
    private final Map<String, Instant> leftHome = new HashMap<>();

    private StatusQuery(Controller controller, ControllerAccess access) {
        this.controller = controller;
        this.access = access;
        this.inventory = controller.inventory();
        this.snapshot = controller.snapshot(Cause.of("status"));
        this.now = snapshot.times().now();
        this.left = controller.pool().leftConnections();
        this.facts = new StandingFacts(snapshot, controller.acts(), controller.pool().routers());
        this.recent = access.recent();
        recent.reversed().forEach(this::leaving);
    }

    private void leaving(JournalRow row) {
        boolean left = row.kind().equals("moved") && inventory.service(row.subject())
                .filter(s -> row.text().startsWith(s.name() + " " + s.home() + " -> ")).isPresent();
        if (left) {
            leftHome.put(row.subject(), row.at());
        }
    }

    static StatusReport of(Controller controller, ControllerAccess access) {
        return new StatusQuery(controller, access).report();
    }

    private StatusReport report() {
        List<OfService> services = controller.decide(snapshot).stream().map(this::service).toList();
        return new StatusReport(now, mode(),
                new Troubles(controller.audit().trouble(), controller.audit().complaints(), access.logTrouble(),
                        access.pageTrouble(), access.refusedReload(), access.outbox()),
                controller.intents().windows(), services, new ServerQuery(controller, now, left).of(services),
                routers(services), left,
                controller.pool().takeovers().stream()
                        .sorted(Comparator.comparing(GuardedAddress.AddressReport::address))
                        .toList(),
                access.switches(), events(services));
    }

    private ControllerMode mode() {
        boolean paused = controller.intents().pause().isPresent();
        return new ControllerMode(access.isDaemon(), inventory.settings().act(), controller.acts() && !paused,
                controller.intents().lead().map(Intent::by),
                controller.intents().pause().map(Intent::by), access.clusterStatus());
    }

    private Events events(List<OfService> services) {
        Optional<Instant> moved = recent.stream().filter(r -> r.kind().equals("moved")).map(JournalRow::at).findFirst();
        return new Events(recent, moved, new UpcomingQuery(access, controller.intents(), now).of(services));
    }

    // ---- services -------------------------------------------------------------------------------------------------

    private OfService service(Decision decision) {
        Service service = decision.service();
        Whereabouts where = Whereabouts.of(decision, controller.pool().readings(service), controller.takenOver());
        Optional<Assignment> assignment = Optional.ofNullable(snapshot.assignments().get(service.name()));
        Map<String, String> drift = controller.pool().drift(service.name());
        boolean up = where.state() == Whereabouts.Agreement.PLACED && where.servers().stream()
                .allMatch(s -> snapshot.verdict(service, s).state() == State.UP);
        List<Candidate> servers = service.servers().stream().map(s -> new Candidate(s, snapshot.verdict(service, s),
                CheckReport.of(controller, s, service.name()))).toList();
        StandingFacts.Of of = new StandingFacts.Of(decision, where, drift, flapping(servers),
                Optional.ofNullable(leftHome.get(service.name())));
        return new OfService(decision, standing(of), where, assignment, up, servers, drift,
                new Wishes(facts.pin(of), facts.soakEnds(of)));
    }

    private Standing standing(StandingFacts.Of of) {
        Standing standing = new StandingQuery(facts).of(of);
        Sentence says = standing.says();
        for (Map.Entry<String, Integer> at : left.of(of.service().name()).entrySet()) {
            says = says.and(goOn(of.service(), at.getKey(), at.getValue()));
        }
        return new Standing(standing.state(), standing.since(), says, standing.action());
    }

    private Sentence goOn(Service service, String server, int live) {
        Sentence number = Sentence.of(ConnectionReport.goOn(live) + " at " + server);
        return service.flows().patience()
                .flatMap(p -> Optional.ofNullable(snapshot.assignments().get(service.name()))
                        .map(a -> a.since().plus(p)))
                .map(until -> number.then(" and ends ").in(until)).orElse(number);
    }

    private static Map<String, Integer> flapping(List<Candidate> servers) {
        Map<String, Integer> flapping = new LinkedHashMap<>();
        servers.forEach(s -> s.checks().stream().map(CheckReport::steady).filter(c -> c.isFlapping())
                .forEach(c -> flapping.merge(s.server(), c.turns(), Math::max)));
        return flapping;
    }

    // ---- routers --------------------------------------------------------------------------------------------------

    private List<OfRouter> routers(List<OfService> services) {
        Map<String, Instant> read = new LinkedHashMap<>();
        services.forEach(s -> s.where().readings()
                .forEach((router, reading) -> read.merge(router, reading.at(), StatusQuery::later)));
        List<OfRouter> routers = new ArrayList<>();
        facts.routers().forEach((name, status) -> routers.add(new OfRouter(name, status,
                Optional.ofNullable(read.get(name)))));
        return routers;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
