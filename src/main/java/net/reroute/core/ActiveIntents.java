package net.reroute.core;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Intent.Id;
import net.reroute.core.Intent.Kind;

/**
 * The intents in force. Immutable.
 *
 * @param all by id: there is at most one of a kind for a key
 * @param ended when the last maintenance of a server expired, by server
 */
public record ActiveIntents(Map<Id, Intent> all, Map<String, Instant> ended) {

    public static final ActiveIntents NONE = new ActiveIntents(Map.of(), Map.of());

    /** These intents, without maintenances that ended by themselves. */
    public static ActiveIntents of(Collection<Intent> intents) {
        Map<Id, Intent> all = new HashMap<>();
        intents.forEach(w -> all.put(w.id(), w));
        return new ActiveIntents(Map.copyOf(all), Map.of());
    }

    /** A copy with this intent in place of one with the same id. */
    public ActiveIntents with(Intent intent) {
        Map<Id, Intent> next = new HashMap<>(all);
        next.put(intent.id(), intent);
        return new ActiveIntents(Map.copyOf(next), ended);
    }

    /** A copy without the intent of this id, if there is one. */
    public ActiveIntents without(Id id) {
        Map<Id, Intent> next = new HashMap<>(all);
        next.remove(id);
        return new ActiveIntents(Map.copyOf(next), ended);
    }

    /** Removes an intent that has expired. For a maintenance, records when it ended. */
    public ActiveIntents over(Intent intent, Instant now) {
        if (intent.kind() != Kind.MAINTENANCE) {
            return without(intent.id());
        }
        Map<String, Instant> next = new HashMap<>(ended);
        next.put(intent.key(), now);
        return new ActiveIntents(without(intent.id()).all(), Map.copyOf(next));
    }

    public Optional<Intent> find(Id id) {
        return Optional.ofNullable(all.get(id));
    }

    /** Empty if there is no pin, or it has expired by {@code now}. */
    public Optional<Intent> pin(String service, Instant now) {
        return find(new Id(Kind.PIN, service)).filter(w -> !w.over(now));
    }

    /** Empty if there is no maintenance, or it has expired by {@code now}. */
    public Optional<Intent> maintenance(String server, Instant now) {
        return find(new Id(Kind.MAINTENANCE, server)).filter(w -> !w.over(now));
    }

    public Optional<Intent> pause() {
        return find(new Id(Kind.PAUSE, ""));
    }

    public Optional<Intent> lead() {
        return find(new Id(Kind.LEAD, ""));
    }

    /** Planned maintenances, the next one first. */
    public List<Intent> windows() {
        return all.values().stream().filter(w -> w.kind() == Kind.WINDOW)
                .sorted(Comparator.comparing(w -> w.from().orElseThrow())).toList();
    }

    /** The intents that have expired, except planned maintenances: the code that begins them also ends them. */
    public Collection<Intent> over(Instant now) {
        return all.values().stream().filter(w -> w.kind() != Kind.WINDOW && w.over(now)).toList();
    }
}
