package net.reroute.core;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Wish.Id;
import net.reroute.core.Wish.Kind;

/**
 * What admins wish for, by hand.
 *
 * @param all by what there can be one of
 * @param ended when the last maintenance of a server ended by itself, as far as this process has seen it
 */
public record Wishes(Map<Id, Wish> all, Map<String, Instant> ended) {

    public static final Wishes NONE = new Wishes(Map.of(), Map.of());

    public static Wishes of(Collection<Wish> wishes) {
        Map<Id, Wish> all = new HashMap<>();
        wishes.forEach(w -> all.put(w.id(), w));
        return new Wishes(Map.copyOf(all), Map.of());
    }

    public Wishes with(Wish wish) {
        Map<Id, Wish> next = new HashMap<>(all);
        next.put(wish.id(), wish);
        return new Wishes(Map.copyOf(next), ended);
    }

    public Wishes without(Id id) {
        Map<Id, Wish> next = new HashMap<>(all);
        next.remove(id);
        return new Wishes(Map.copyOf(next), ended);
    }

    /** A wish has ended by itself. */
    public Wishes over(Wish wish, Instant now) {
        if (wish.kind() != Kind.MAINTENANCE) {
            return without(wish.id());
        }
        Map<String, Instant> next = new HashMap<>(ended);
        next.put(wish.key(), now);
        return new Wishes(without(wish.id()).all(), Map.copyOf(next));
    }

    public Optional<Wish> find(Id id) {
        return Optional.ofNullable(all.get(id));
    }

    public Optional<Wish> pin(String service, Instant now) {
        return find(new Id(Kind.PIN, service)).filter(w -> !w.over(now));
    }

    public Optional<Wish> maintenance(String server, Instant now) {
        return find(new Id(Kind.MAINTENANCE, server)).filter(w -> !w.over(now));
    }

    public Optional<Wish> pause() {
        return find(new Id(Kind.PAUSE, ""));
    }

    public Optional<Wish> lead() {
        return find(new Id(Kind.LEAD, ""));
    }

    /** Maintenances that are planned, the next one first. */
    public List<Wish> windows() {
        return all.values().stream().filter(w -> w.kind() == Kind.WINDOW)
                .sorted(Comparator.comparing(w -> w.from().orElseThrow())).toList();
    }

    /** Those that have ended by themselves; what becomes of a window is said by who begins it. */
    public Collection<Wish> over(Instant now) {
        return all.values().stream().filter(w -> w.kind() != Kind.WINDOW && w.over(now)).toList();
    }
}
