package net.reroute.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.control.Controller;
import net.reroute.control.LeftConnections;
import net.reroute.core.Assignment;
import net.reroute.core.CheckResult;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Expiry;
import net.reroute.core.Health.State;
import net.reroute.core.Intent;
import net.reroute.core.Reason;
import net.reroute.core.Reason.AtHome;
import net.reroute.core.Reason.NotReady;
import net.reroute.core.Reason.Pinned;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Verdict;
import net.reroute.operations.StatusReport.Candidate;
import net.reroute.operations.StatusReport.ControllerMode;
import net.reroute.operations.StatusReport.OfServer;
import net.reroute.operations.StatusReport.OfService;
import net.reroute.operations.StatusReport.Troubles;
import net.reroute.redirect.arp.GuardedAddress;

/** Builds the status. */
final class StatusQuery {

    private final Controller controller;
    /** What the decisions are made from, so that no verdict beside one contradicts it. */
    private final Snapshot snapshot;
    private final Instant now;
    private final LeftConnections left;

    private StatusQuery(Controller controller) {
        this.controller = controller;
        this.snapshot = controller.snapshot(Cause.of("status"));
        this.now = snapshot.times().now();
        this.left = controller.pool().leftConnections();
    }

    static StatusReport of(Controller controller, ControllerAccess access) {
        StatusQuery query = new StatusQuery(controller);
        List<OfService> services = controller.decide(query.snapshot).stream().map(query::service).toList();
        return new StatusReport(query.now, query.mode(access.isDaemon()),
                new Troubles(controller.audit().trouble(), controller.audit().complaints(), access.logTrouble(),
                        access.refusedReload(), access.outbox()),
                controller.intents().windows(), services, query.servers(services), controller.pool().routers(),
                query.left,
                controller.pool().takeovers().stream()
                        .sorted(Comparator.comparing(GuardedAddress.AddressReport::address))
                        .toList(),
                access.switches());
    }

    private ControllerMode mode(boolean daemon) {
        boolean paused = controller.intents().pause().isPresent();
        return new ControllerMode(daemon, controller.inventory().settings().act(), controller.acts() && !paused,
                controller.intents().lead().map(Intent::by), controller.intents().pause().map(Intent::by));
    }

    // ---- services -------------------------------------------------------------------------------------------------

    private OfService service(Decision decision) {
        Service service = decision.service();
        Whereabouts where = Whereabouts.of(decision, controller.pool().readings(service), controller.takenOver());
        Optional<Assignment> assignment = Optional.ofNullable(snapshot.assignments().get(service.name()));
        Map<String, String> drift = controller.pool().drift(service.name());
        boolean up = where.state() == Whereabouts.Agreement.PLACED && where.servers().stream()
                .allMatch(s -> snapshot.verdict(service, s).state() == State.UP);
        return new OfService(service, where, decision.from(), assignment, up, why(decision, where, drift),
                service.servers().stream().map(s -> new Candidate(s, snapshot.verdict(service, s),
                        CheckReport.of(controller, s, service.name()))).toList(),
                drift);
    }

    private String why(Decision decision, Whereabouts where, Map<String, String> drift) {
        List<String> parts = new ArrayList<>();
        boolean home = Set.copyOf(decision.from())
                .equals(Set.copyOf(decision.service().preferred(Optional.empty())));
        Optional.ofNullable(snapshot.assignments().get(decision.service().name()))
                .filter(p -> !home && !p.why().isEmpty())
                .ifPresent(p -> parts.add(p.why()));
        boolean nowhere = decision.from().isEmpty() && !drift.isEmpty();
        if (!nowhere) {
            reason(decision, !parts.isEmpty()).ifPresent(parts::add);
        }
        drift.forEach((router, text) -> parts.add(router + " " + text));
        left.of(decision.service().name()).forEach((server, live) -> parts.add(goOn(decision.service(), server, live)));
        where.remarks().forEach((router, text) -> {
            boolean told = decision.reason() instanceof Reason.NoRouteRead unread && unread.router().equals(router);
            if (!told && !drift.containsKey(router)) {
                parts.add(router + " " + text);
            }
        });
        return String.join("; ", parts);
    }

    private String goOn(Service service, String server, int live) {
        Optional<Instant> until = service.flows().patience()
                .flatMap(p -> Optional.ofNullable(snapshot.assignments().get(service.name()))
                        .map(a -> a.since().plus(p)));
        return live + (live == 1 ? " connection goes" : " connections go") + " on at " + server
                + until.map(u -> " for at most " + Durations.age(now, u)).orElse("");
    }

    /** @param told true if the reason for the assignment is already in the text */
    private static Optional<String> reason(Decision decision, boolean told) {
        String moving = decision.isMove() ? "moving to " + String.join("+", decision.to()) + ": " : "";
        boolean ordinary = decision.kind() == Decision.Kind.STAY && switch (decision.reason()) {
            case AtHome atHome -> true;
            case Pinned pinned -> told;
            case NotReady notReady -> told && notReady.saysUnfit(decision.service().home());
            default -> false;
        };
        return ordinary ? Optional.empty() : Optional.of(moving + decision.reason().text());
    }

    // ---- servers --------------------------------------------------------------------------------------------------

    /** Built from the services: a server has a row if it can carry at least one, or is behind a backend or a speaker. */
    private List<OfServer> servers(List<OfService> services) {
        Map<String, List<Candidate>> byServer = new HashMap<>();
        services.forEach(s -> behind(s)
                .forEach(c -> byServer.computeIfAbsent(c.server(), n -> new ArrayList<>()).add(c)));
        return controller.inventory().servers().keySet().stream().filter(byServer::containsKey)
                .map(server -> server(server, byServer.get(server))).toList();
    }

    private Stream<Candidate> behind(OfService of) {
        Service service = of.service();
        if (service.switched().isPresent() && service.checks().isEmpty()) {
            return Stream.empty(); // only the switch knows, and it knows no servers
        }
        return service.announced().isPresent()
                ? service.checkedMembers().stream().map(s -> new Candidate(s,
                        controller.monitor().verdict(s, service.name()), CheckReport.of(controller, s, service.name())))
                : of.servers().stream().flatMap(c -> controller.inventory().behind(service, c.server())
                        .map(s -> new Candidate(s.name(), c.verdict(), c.checks())).stream());
    }

    private OfServer server(String name, List<Candidate> carries) {
        Verdict worst = carries.stream().map(Candidate::verdict).reduce((a, b) -> isWorse(b, a) ? b : a)
                .orElseThrow();
        Optional<Instant> seen = carries.stream().flatMap(c -> c.checks().stream()).map(c -> c.health().last())
                .filter(Objects::nonNull).map(CheckResult::at).max(Instant::compareTo);
        return new OfServer(name, worst, seen, controller.intents().maintenance(name, now),
                remarks(name, worst, carries));
    }

    private static boolean isWorse(Verdict one, Verdict other) {
        return one.state().ordinal() > other.state().ordinal() && one.state() != State.UP
                || other.state() == State.UP && one.state() == State.UNKNOWN;
    }

    private List<String> remarks(String server, Verdict worst, List<Candidate> carries) {
        Set<String> remarks = new LinkedHashSet<>();
        if (!worst.why().isEmpty()) {
            remarks.add(worst.why());
        }
        carries.forEach(c -> c.checks().forEach(check -> remarks.addAll(warnings(check))));
        boolean holds = controller.inventory().services().values().stream()
                .anyMatch(s -> s.isHeld() && s.checkedMembers().contains(server));
        if (holds && controller.inventory().servers().get(server).login().isEmpty()) {
            remarks.add("addresses unproven (no login)");
        }
        int live = left.at(server).values().stream().mapToInt(Integer::intValue).sum();
        if (live > 0) {
            remarks.add(live + (live == 1 ? " connection goes" : " connections go") + " on here");
        }
        return List.copyOf(remarks);
    }

    /** Problems that do not make the server DOWN yet. */
    private static List<String> warnings(CheckReport check) {
        List<String> warnings = new ArrayList<>();
        if (check.count().isMuch()) {
            warnings.add(check.name() + " failed " + check.count());
        }
        Expiry.warning(check.health(), Instant.now())
                .ifPresent(e -> warnings.add("certificate " + e + " (" + check.name() + ")"));
        return warnings;
    }
}
