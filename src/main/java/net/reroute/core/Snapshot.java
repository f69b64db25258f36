package net.reroute.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Health.State;

/**
 * All that a decision is made from, as it was at one moment: a value, so that whoever asks twice is answered the same.
 *
 * @param inventory what there is
 * @param verdicts of servers for services; those that are not here are UNKNOWN
 * @param intents of admins
 * @param assignments by service
 * @param setAside pairs of service and server whose probe failed, with the moment they may be tried again
 * @param cause what made us look
 * @param times when checking began, and now
 */
public record Snapshot(Inventory inventory, Map<Pair, Verdict> verdicts, ActiveIntents intents,
        Map<String, Assignment> assignments, Map<Pair, Instant> setAside, Cause cause, Times times) {

    public Snapshot {
        verdicts = Map.copyOf(verdicts);
        assignments = Map.copyOf(assignments);
        setAside = Map.copyOf(setAside);
    }

    public record Pair(String service, String server) {}

    /**
     * When checking began.
     *
     * @param all where nothing else is said
     * @param since by service, where it came into the inventory or was changed later
     */
    public record Beginning(Instant all, Map<String, Instant> since) {

        public Instant of(String service) {
            return since.getOrDefault(service, all);
        }
    }

    /**
     * @param started when checking began
     * @param sightedAt when, after nobody at all could be seen, all who answer again have had the time to be UP again
     */
    public record Times(Beginning started, Instant sightedAt, Instant now) {

        /** Where checking began for all at once. */
        public Times(Instant started, Instant sightedAt, Instant now) {
            this(new Beginning(started, Map.of()), sightedAt, now);
        }
    }

    /**
     * @param text for people: "host2 DOWN", "every 30s"
     * @param asked services that somebody wants moved now, by hand
     * @param force by hand, against what speaks against it
     * @param by who asked
     */
    public record Cause(String text, Set<String> asked, boolean force, Optional<Attribution> by) {

        public static Cause of(String text) {
            return new Cause(text, Set.of(), false, Optional.empty());
        }
    }

    /** True if every server is DOWN or in doubt: then it is more likely that nothing can be seen from here. */
    public boolean isBlind() {
        return inventory.services().values().stream().allMatch(service -> service.servers().stream()
                .map(s -> verdict(service, s)).allMatch(v -> v.state() == State.DOWN || v.doubt()));
    }

    /** What the checks say of a server for a service. */
    public Verdict verdict(Service service, String server) {
        Verdict known = verdicts.get(new Pair(service.name(), server));
        return known == null ? Verdict.unknown(times.now(), "not one of its servers") : known;
    }

    /** Since when a server has been fit to carry a service: UP, and not in a maintenance that has just ended by itself. */
    public Instant fitSince(Service service, String server) {
        Instant up = verdict(service, server).since();
        Instant ended = intents.ended().getOrDefault(server, Instant.EPOCH);
        return ended.isAfter(up) ? ended : up;
    }

    boolean isSetAside(Service service, String server) {
        Instant until = setAside.get(new Pair(service.name(), server));
        return until != null && until.isAfter(times.now());
    }

    boolean inMaintenance(String server) {
        return intents.maintenance(server, times.now()).isPresent();
    }

    /** True if somebody wants it moved now, by hand. */
    public boolean asked(Service service) {
        return cause.asked().contains(service.name());
    }

    Optional<Intent> pin(Service service) {
        return intents.pin(service.name(), times.now());
    }
}
