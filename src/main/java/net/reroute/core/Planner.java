package net.reroute.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.Service.Choose;
import net.reroute.core.Snapshot.Cause;

/** Decides where every service should be. The same snapshot always gives the same decisions. */
public final class Planner {

    private final Snapshot now;
    private final Map<String, Integer> load = new HashMap<>();

    private Planner(Snapshot snapshot) {
        this.now = snapshot;
        snapshot.assignments().values().forEach(p -> p.servers().forEach(s -> load.merge(s, 1, Integer::sum)));
    }

    /** Returns one decision for each service, in the order of the inventory. */
    public static List<Decision> decide(Snapshot snapshot) {
        Planner planner = new Planner(snapshot);
        return snapshot.inventory().redirected().stream().map(planner::decideAndCount).toList();
    }

    private Decision decideAndCount(Service service) {
        Decision decision = unlessPaused(decide(service));
        decision.from().forEach(s -> load.merge(s, -1, Integer::sum));
        decision.to().forEach(s -> load.merge(s, 1, Integer::sum));
        return decision;
    }

    private Decision unlessPaused(Decision decision) {
        if (!decision.isMove() || now.asked(decision.service()) || now.intents().pause().isEmpty()) {
            return decision;
        }
        return new Decision(decision.service(), Kind.HOLD, decision.from(), decision.from(),
                new Reason.Paused(now.intents().pause().get().by(), decision.arrow(), decision.reason()));
    }

    private Decision decide(Service service) {
        Assignment assignment = now.assignments().get(service.name());
        if (service.isList()) {
            return new ListSelection(now, service, assignment == null ? List.of() : assignment.servers())
                    .decide(Optional.ofNullable(assignment), notYet(service));
        }
        ServerSelection choice = new ServerSelection(now, service,
                assignment == null ? List.of() : assignment.servers(),
                server -> loadOf(service, server));
        Optional<Intent> pin = now.pin(service);
        if (pin.isPresent() && pin.get().stay()) {
            return choice.stayPinned(pin.get());
        }
        if (assignment == null) {
            return choice.firstPlace();
        }
        if (!choice.lost().isEmpty()) {
            return notYet(service).map(choice::hold).orElseGet(choice::replaceLost);
        }
        return choice.improve(assignment, pin);
    }

    private Optional<Reason> notYet(Service service) {
        if (now.asked(service)) {
            return Optional.empty();
        }
        if (now.times().now().isBefore(now.times().sightedAt())) {
            return Optional.of(new Reason.OutOfSight());
        }
        return waitsForFirstVerdicts(service)
                ? Optional.of(new Reason.FirstVerdicts())
                : Optional.empty();
    }

    private boolean waitsForFirstVerdicts(Service service) {
        Duration patience = checks(service).map(c -> now.inventory().checks().get(c).timers().firstVerdict())
                .max(Duration::compareTo).orElse(Duration.ZERO);
        boolean early = now.times().now().isBefore(now.times().started().of(service.name()).plus(patience));
        return early && service.servers().stream().anyMatch(s -> now.verdict(service, s).state() == State.UNKNOWN);
    }

    private Stream<String> checks(Service service) {
        return service.dnsName().isEmpty()
                ? service.checks().stream()
                : now.inventory().listedBy(service).flatMap(s -> s.checks().stream());
    }

    /** The number of services at a server, or how busy it says it is; one that does not say comes last. */
    private double loadOf(Service service, String server) {
        return service.rules().choose() == Choose.LOAD
                ? now.verdict(service, server).load().orElse(Double.MAX_VALUE)
                : load.getOrDefault(server, 0);
    }

    /** True if this pair is about the server, or about a backend on it. */
    private static boolean isBehind(Inventory inventory, Snapshot.Pair pair, String server) {
        return pair.server().equals(server) || Optional.ofNullable(inventory.switches().get(pair.service()))
                .flatMap(s -> inventory.behind(s, pair.server())).filter(s -> s.name().equals(server)).isPresent();
    }

    /** The same snapshot with one server assumed DOWN and the waiting times of a start over. */
    public static Snapshot ifDown(Snapshot snapshot, String server) {
        Instant at = snapshot.times().now();
        Verdict down = new Verdict(State.DOWN, false, at, at, "assumed");
        Map<Snapshot.Pair, Verdict> verdicts = new HashMap<>(snapshot.verdicts());
        verdicts.replaceAll((pair, verdict) -> isBehind(snapshot.inventory(), pair, server) ? down : verdict);
        return new Snapshot(snapshot.inventory(), verdicts, snapshot.intents(), snapshot.assignments(),
                snapshot.setAside(), Cause.of("if " + server + " were DOWN"),
                new Snapshot.Times(Instant.EPOCH, Instant.EPOCH, at));
    }
}
