package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Intent;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Verdict;

/** Wakes the controller at moments when something has to be decided although nothing happens. */
final class DecisionTimers {

    private final BiConsumer<Duration, Runnable> later;
    private final Consumer<Cause> wake;
    private final Set<Instant> soaking = new HashSet<>();
    private final Set<Instant> waiting = new HashSet<>();
    private volatile Instant sightedAt = Instant.EPOCH;
    private boolean blind;

    DecisionTimers(BiConsumer<Duration, Runnable> later, Consumer<Cause> wake) {
        this.later = later;
        this.wake = wake;
    }

    Instant sightedAt() {
        return sightedAt;
    }

    /**
     * After the controller itself was cut off, waits before failovers: otherwise the first server to answer again would
     * get every service.
     */
    synchronized void sight(Snapshot now) {
        boolean was = blind;
        blind = now.isBlind();
        if (!was || blind) {
            return;
        }
        Duration recovery = now.inventory().checks().values().stream().map(c -> c.timers().recovery())
                .max(Duration::compareTo).orElse(Duration.ZERO);
        sightedAt = now.times().now().plus(recovery);
        later.accept(recovery.plusMillis(1), () -> wake.accept(Cause.of("who comes back has come back")));
    }

    /** Requests a cycle for the end of a soak, so that traffic returns without delay. */
    synchronized void afterSoak(Decision decision, Snapshot now) {
        if (decision.kind() == Kind.STAY) {
            Service service = decision.service();
            Optional<String> pinned = now.intents().pin(service.name(), now.times().now()).map(Intent::server);
            service.preferred(pinned).stream().filter(s -> !decision.from().contains(s))
                    .filter(s -> now.verdict(service, s).candidate())
                    .forEach(s -> afterSoak(service, s, now));
        }
    }

    /** Requests a cycle for the moment when a name no longer waits for a service to be moved. */
    synchronized void afterPatience(Snapshot now) {
        for (Service name : now.inventory().names().values()) {
            name.servers().stream().map(s -> now.verdict(name, s)).filter(Verdict::doubt).map(Verdict::doubtSince)
                    .filter(end -> end.isAfter(now.times().now()) && waiting.add(end))
                    .forEach(end -> later.accept(Duration.between(now.times().now(), end).plusMillis(1),
                            () -> patienceIsOver(end, name.name())));
        }
    }

    /** Requests a cycle for the moment when kept connections have gone on for long enough. */
    synchronized void afterFlows(Snapshot now) {
        now.inventory().services().values().stream().filter(s -> s.flows().patience().isPresent())
                .filter(s -> now.assignments().containsKey(s.name())).forEach(s -> {
                    Instant end = now.assignments().get(s.name()).since().plus(s.flows().patience().get());
                    if (end.isAfter(now.times().now()) && waiting.add(end)) {
                        later.accept(Duration.between(now.times().now(), end).plusMillis(1),
                                () -> patienceIsOver(end, s.name()));
                    }
                });
    }

    private void patienceIsOver(Instant end, String name) {
        synchronized (this) {
            waiting.remove(end);
        }
        wake.accept(Cause.of("the patience of " + name + " is over"));
    }

    private void afterSoak(Service service, String server, Snapshot now) {
        Instant over = now.fitSince(service, server).plus(service.rules().soak());
        if (over.isAfter(now.times().now()) && soaking.add(over)) {
            later.accept(Duration.between(now.times().now(), over).plusMillis(1), () -> soakIsOver(over, server));
        }
    }

    private void soakIsOver(Instant over, String server) {
        synchronized (this) {
            soaking.remove(over);
        }
        wake.accept(Cause.of("the soak of " + server + " is over"));
    }
}
