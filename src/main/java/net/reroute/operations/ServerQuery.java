package net.reroute.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.control.Controller;
import net.reroute.control.LeftConnections;
import net.reroute.core.CheckResult;
import net.reroute.core.Expiry;
import net.reroute.core.Health.State;
import net.reroute.core.Service;
import net.reroute.core.Verdict;
import net.reroute.health.Turns;
import net.reroute.operations.StatusReport.Candidate;
import net.reroute.operations.StatusReport.OfServer;
import net.reroute.operations.StatusReport.OfService;

/** The part of the status about servers. It is built from the part about services. */
final class ServerQuery {

    private final Controller controller;
    private final Instant now;
    private final LeftConnections left;
    /** Servers that hold addresses which a login would prove. */
    private final Set<String> holders;

    ServerQuery(Controller controller, Instant now, LeftConnections left) {
        this.controller = controller;
        this.now = now;
        this.left = left;
        this.holders = controller.inventory().services().values().stream().filter(Service::isHeld)
                .flatMap(s -> s.checkedMembers().stream()).collect(Collectors.toSet());
    }

    /** One for each server that can carry a service, or is behind a backend or a speaker. */
    List<OfServer> of(List<OfService> services) {
        Map<String, List<Candidate>> byServer = new HashMap<>();
        services.forEach(s -> behind(s)
                .forEach(c -> byServer.computeIfAbsent(c.server(), n -> new ArrayList<>()).add(c)));
        Map<String, List<String>> carries = carries(services);
        return controller.inventory().servers().keySet().stream().filter(byServer::containsKey)
                .map(server -> server(server, byServer.get(server), carries.getOrDefault(server, List.of()))).toList();
    }

    private Map<String, List<String>> carries(List<OfService> services) {
        Map<String, List<String>> carries = new TreeMap<>();
        services.forEach(s -> s.where().servers().forEach(member -> controller.inventory().behind(s.service(), member)
                .ifPresent(server -> carries.computeIfAbsent(server.name(), n -> new ArrayList<>())
                        .add(s.service().name()))));
        return carries;
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

    private OfServer server(String name, List<Candidate> candidates, List<String> carries) {
        Verdict worst = candidates.stream().map(Candidate::verdict).reduce((a, b) -> isWorse(b, a) ? b : a)
                .orElseThrow();
        Optional<Instant> seen = candidates.stream().flatMap(c -> c.checks().stream()).map(c -> c.health().last())
                .filter(Objects::nonNull).map(CheckResult::at).max(Instant::compareTo);
        Set<String> warnings = new LinkedHashSet<>();
        candidates.forEach(c -> c.checks().forEach(check -> warnings.addAll(warnings(check))));
        return new OfServer(name, worst, seen, controller.intents().maintenance(name, now), carries,
                List.copyOf(warnings), remarks(name));
    }

    private static boolean isWorse(Verdict one, Verdict other) {
        return one.state().ordinal() > other.state().ordinal() && one.state() != State.UP
                || other.state() == State.UP && one.state() == State.UNKNOWN;
    }

    private List<String> remarks(String server) {
        List<String> remarks = new ArrayList<>();
        if (holders.contains(server) && controller.inventory().servers().get(server).login().isEmpty()) {
            remarks.add("addresses unproven (no login)");
        }
        int live = left.at(server).values().stream().mapToInt(Integer::intValue).sum();
        if (live > 0) {
            remarks.add(ConnectionReport.goOn(live) + " here");
        }
        return List.copyOf(remarks);
    }

    /** Problems that do not make the server DOWN yet. */
    private static List<String> warnings(CheckReport check) {
        List<String> warnings = new ArrayList<>();
        if (check.steady().failures().isMuch()) {
            warnings.add(check.name() + " failed " + check.steady().failures());
        }
        if (check.steady().isFlapping()) {
            warnings.add(check.name() + " " + Turns.flapping(check.steady().turns()));
        }
        Expiry.warning(check.health(), Instant.now())
                .ifPresent(e -> warnings.add("certificate " + e + " (" + check.name() + ")"));
        return warnings;
    }
}
