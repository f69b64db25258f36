package net.reroute.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Health.State;

/**
 * Everything that a decision is made from, at one moment. Immutable, so repeated reads agree.
 *
 * @param inventory in force
 * @param verdicts of servers for services; a missing pair is UNKNOWN
 * @param intents in force
 * @param assignments by service
 * @param setAside pairs of service and server whose probe failed, with the time until which they are set aside
 * @param cause of the cycle
 * @param times when checking began, and now
 */
public record Snapshot(Inventory inventory, Map<Pair, Verdict> verdicts, ActiveIntents intents,
        Map<String, Assignment> assignments, Map<Pair, Instant> setAside, Cause cause, Times times) {

    public Snapshot {
        verdicts = Map.copyOf(verdicts);
        assignments = Map.copyOf(assignments);
        setAside = Map.copyOf(setAside);
    }

    /** The same snapshot with other intents. */
    public Snapshot with(ActiveIntents others) {
        return new Snapshot(inventory, verdicts, others, assignments, setAside, cause, times);
    }

    public record Pair(String service, String server) {}

    /**
     * When checking began.
     *
     * @param all for all services but those in {@code since}
     * @param since by service, if it was added or changed later
     */
    public record Beginning(Instant all, Map<String, Instant> since) {

        public Instant of(String service) {
            return since.getOrDefault(service, all);
        }
    }

    /**
     * @param started when checking began
     * @param sightedAt after all servers were out of sight: when those that answer again have had time to be UP
     */
    public record Times(Beginning started, Instant sightedAt, Instant now) {

        /** For services whose checking began at the same time. */
        public Times(Instant started, Instant sightedAt, Instant now) {
            this(new Beginning(started, Map.of()), sightedAt, now);
        }
    }

    /**
     * @param text for people: "host2 DOWN", "every 30s"
     * @param asked services that an admin or playbook asked to move now
     * @param force true: move them despite objections
     * @param by the author of the request; empty if nobody asked
     */
    public record Cause(String text, Set<String> asked, boolean force, Optional<Attribution> by) {

        public static Cause of(String text) {
            return new Cause(text, Set.of(), false, Optional.empty());
        }
    }

    /** True if every server is DOWN or in doubt: then the fault is probably on the controller's side. */
    public boolean isBlind() {
        return !inventory.services().isEmpty()
                && inventory.services().values().stream().allMatch(service -> service.servers().stream()
                        .map(s -> verdict(service, s)).allMatch(v -> v.state() == State.DOWN || v.doubt()));
    }

    /** What the checks say of a server for a service; UNKNOWN for a server that is none of its servers. */
    public Verdict verdict(Service service, String server) {
        return switch (service.frontend()) {
            case Frontend.DnsName name -> ServiceReach.of(this, server, name.patience());
            case Frontend.Routed routed -> checked(service, server);
            case Frontend.Balanced balanced -> checked(service, server);
            case Frontend.Announced announced -> site(service, announced.sites().getOrDefault(server, List.of()));
            case Frontend.Switched switched -> backend(service, server, switched.servers().get(server));
        };
    }

    /** @param server that it is on; null if none of the inventory */
    private Verdict backend(Service service, String backend, String server) {
        Optional<Intent> maintenance = server == null ? Optional.empty() : intents.maintenance(server, times.now());
        if (maintenance.isPresent()) {
            Instant since = maintenance.get().by().at();
            return new Verdict(State.DOWN, false, since, since, "in maintenance " + maintenance.get().by());
        }
        return server != null && !service.checks().isEmpty()
                ? checked(service, backend)
                : new Verdict(State.UP, false, times.started().all(), times.started().all(), ""); // the switch notices
    }

    private Verdict site(Service service, List<String> servers) {
        Map<String, Verdict> its = new LinkedHashMap<>();
        servers.forEach(s -> its.put(s, checked(service, s)));
        return SiteReach.of(its, s -> intents.maintenance(s, times.now()), times.now());
    }

    /** What the checks say of one server, which may stand behind a speaker. */
    private Verdict checked(Service service, String server) {
        Verdict known = verdicts.get(new Pair(service.name(), server));
        return known == null ? Verdict.unknown(times.now(), "not one of its servers") : known;
    }

    /** When the server became fit for the service: UP, and out of a maintenance that has expired. */
    public Instant fitSince(Service service, String server) {
        Instant up = verdict(service, server).since();
        Instant ended = intents.ended().getOrDefault(server, Instant.EPOCH);
        return ended.isAfter(up) ? ended : up;
    }

    boolean isSetAside(Service service, String server) {
        Instant until = setAside.get(new Pair(service.name(), server));
        return until != null && until.isAfter(times.now());
    }

    /** The maintenance of a member of a list. Services and backends have none of their own. */
    Optional<Intent> maintenance(Service service, String member) {
        return service.balanced().isPresent() ? intents.maintenance(member, times.now()) : Optional.empty();
    }

    /** True if only a maintenance keeps a member of a list from serving. */
    boolean isDrained(Service service, String member) {
        return switch (service.frontend()) {
            case Frontend.Announced announced -> announced.sites().getOrDefault(member, List.of()).stream()
                    .anyMatch(s -> inMaintenance(s) && checked(service, s).state() == State.UP);
            case Frontend.Balanced balanced -> inMaintenance(member) && checked(service, member).state() == State.UP;
            default -> false;
        };
    }

    boolean inMaintenance(String server) {
        return intents.maintenance(server, times.now()).isPresent();
    }

    /** True if the cause of this snapshot is a request to move the service now. */
    public boolean asked(Service service) {
        return cause.asked().contains(service.name());
    }

    Optional<Intent> pin(Service service) {
        return intents.pin(service.name(), times.now());
    }
}
