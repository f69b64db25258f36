package net.reroute.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import net.reroute.core.Health.State;

/**
 * Whether clients of a name reach one of its services. Routes move in a fraction of a second and caches of DNS keep
 * records for minutes, so a service that can be moved to another server stays listed.
 */
final class ServiceReach {

    private final Snapshot now;
    private final Service service;
    private final List<String> at;

    private ServiceReach(Snapshot now, Service service, List<String> at) {
        this.now = now;
        this.service = service;
        this.at = at;
    }

    /**
     * The verdict about a service.
     *
     * @param patience how long it may take to move it off servers that are DOWN
     */
    static Verdict of(Snapshot now, String name, Duration patience) {
        Service service = now.inventory().services().get(name);
        Assignment assignment = now.assignments().get(name);
        if (service == null) {
            return Verdict.unknown(now.times().now(), "no service of the inventory");
        }
        if (assignment == null) { // no router was read, but if all its servers are DOWN, that does not matter
            ServiceReach all = new ServiceReach(now, service, service.servers());
            List<Verdict> verdicts = service.servers().stream().map(s -> now.verdict(service, s)).toList();
            return verdicts.stream().allMatch(v -> v.state() == State.DOWN)
                    ? all.down(verdicts, patience)
                    : Verdict.unknown(now.times().now(), "at a server that is not known yet, since no router was read");
        }
        ServiceReach reach = new ServiceReach(now, service, assignment.servers());
        List<Verdict> verdicts = assignment.servers().stream().map(s -> now.verdict(service, s)).toList();
        if (verdicts.stream().anyMatch(v -> v.state() == State.UP)) {
            return reach.up(verdicts, assignment);
        }
        return verdicts.stream().allMatch(v -> v.state() == State.DOWN)
                ? reach.down(verdicts, patience)
                : Verdict.unknown(now.times().now(), reach.at(State.UNKNOWN));
    }

    private Verdict up(List<Verdict> verdicts, Assignment assignment) {
        Instant up = verdicts.stream().filter(v -> v.state() == State.UP).map(Verdict::since)
                .min(Instant::compareTo).orElseThrow();
        Instant since = up.isAfter(assignment.since()) ? up : assignment.since();
        OptionalDouble load = verdicts.stream().flatMapToDouble(v -> v.load().stream()).max();
        return new Verdict(State.UP, false, since, since, "", load);
    }

    private Verdict down(List<Verdict> verdicts, Duration patience) {
        Instant since = verdicts.stream().map(Verdict::since).max(Instant::compareTo).orElse(Instant.EPOCH);
        Instant first = verdicts.stream().map(Verdict::doubtSince).min(Instant::compareTo).orElse(since);
        boolean movable = service.servers().stream().filter(s -> !at.contains(s) && !now.inMaintenance(s))
                .anyMatch(s -> now.verdict(service, s).state() != State.DOWN);
        if (!movable) {
            return new Verdict(State.DOWN, false, since, first, at(State.DOWN) + ", and no other server is UP");
        }
        Instant end = since.plus(patience);
        return now.times().now().isBefore(end)
                ? new Verdict(State.UP, true, since, end, at(State.DOWN) + ", and is to be moved")
                : new Verdict(State.DOWN, false, end, first,
                        at(State.DOWN) + ", and has not been moved for " + Durations.text(patience));
    }

    private String at(State state) {
        return at.stream().filter(s -> now.verdict(service, s).state() == state)
                .map(s -> "at " + s + ", which is " + state).collect(Collectors.joining(" and "));
    }
}
