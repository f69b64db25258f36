package net.reroute.core;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Assignments.Adopted;
import net.reroute.core.Assignments.Placed;
import net.reroute.core.Assignments.Released;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.HardwareLearned;
import net.reroute.core.Facts.HealthChanged;
import net.reroute.core.Facts.HopsOwned;
import net.reroute.core.Facts.Leg;
import net.reroute.core.Facts.LinesKept;
import net.reroute.core.Facts.NextHopHeld;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.RouteSeen;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Intents.IntentEnded;
import net.reroute.core.Intents.IntentExpired;
import net.reroute.core.Intents.IntentMade;
import net.reroute.core.Moves.Aligned;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Sightings.HealthSeen;
import net.reroute.core.Sightings.Sight;

/**
 * Everything that is remembered: the fold of the journal's records. Immutable; {@link #apply} returns the next state.
 *
 * @param intents in force
 * @param assignments by service
 * @param seen where services were last verified or adopted, by router and service
 * @param owned next hops that reroute ever set, or an earlier inventory had, by service
 * @param begun moves that may not have ended, by service
 * @param health servers that were last found UP or DOWN
 * @param kept lines that reroute removed from a router's configuration, by next hop
 * @param held the server that has taken over a next hop, by the next hop's own server
 * @param hardware hardware addresses of servers' interfaces, learnt while the servers were healthy
 * @param sights what each of several controllers sees of a server
 * @param notes by shelf and id
 * @param turn how many notes were ever kept; notes are read in that order
 */
public record RecordedState(ActiveIntents intents, Map<String, Assignment> assignments, Map<RouterService, Shown> seen,
        Map<String, Set<Address>> owned, Map<String, Begun> begun, Map<Target, Settled> health,
        Map<RouterService, Map<Address, String>> kept, Map<String, String> held, Map<Leg, HardwareAddress> hardware,
        Map<Sight, Settled> sights, Map<NoteId, Note> notes, long turn) {

    public static final RecordedState NOTHING = new RecordedState(ActiveIntents.NONE, Map.of(), Map.of(), Map.of(),
            Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), 0);

    public RecordedState {
        assignments = SharingMap.of(assignments);
        seen = SharingMap.of(seen);
        owned = SharingMap.of(owned);
        begun = SharingMap.of(begun);
        health = SharingMap.of(health);
        kept = SharingMap.of(kept);
        held = SharingMap.of(held);
        hardware = SharingMap.of(hardware);
        sights = SharingMap.of(sights);
        notes = SharingMap.of(notes);
    }

    public record NoteId(Shelf shelf, String id) {}

    /** @param turn position among all notes; a note that is replaced keeps it */
    public record Note(long turn, String text) {}

    /** The state after one more record. Deterministic; accepts every record. */
    public RecordedState apply(Record record) {
        return new Fold(this).take(record).state();
    }

    /** The state after these records. */
    public RecordedState apply(Iterable<? extends Record> records) {
        Fold fold = new Fold(this);
        records.forEach(fold::take);
        return fold.state();
    }

    /** This state without intents, for a journal whose intents cannot be trusted. */
    public RecordedState withoutIntents() {
        return new RecordedState(ActiveIntents.NONE, assignments, seen, owned, begun, health, kept, held, hardware,
                sights, notes, turn);
    }

    /** The notes on a shelf, by id, in the order they came. */
    public Map<String, String> notes(Shelf shelf) {
        Map<String, String> all = new LinkedHashMap<>();
        notes.entrySet().stream().filter(e -> e.getKey().shelf() == shelf)
                .sorted(Comparator.comparingLong(e -> e.getValue().turn()))
                .forEach(e -> all.put(e.getKey().id(), e.getValue().text()));
        return all;
    }

    /** Mutable state while records are applied. */
    private static final class Fold {

        private ActiveIntents intents;
        private SharingMap<String, Assignment> assignments;
        private SharingMap<RouterService, Shown> seen;
        private SharingMap<String, Set<Address>> owned;
        private SharingMap<String, Begun> begun;
        private SharingMap<Target, Settled> health;
        private SharingMap<RouterService, Map<Address, String>> kept;
        private SharingMap<String, String> held;
        private SharingMap<Leg, HardwareAddress> hardware;
        private SharingMap<Sight, Settled> sights;
        private SharingMap<NoteId, Note> notes;
        private long turn;

        Fold(RecordedState from) {
            load(from);
        }

        private void load(RecordedState from) {
            intents = from.intents();
            assignments = SharingMap.of(from.assignments());
            seen = SharingMap.of(from.seen());
            owned = SharingMap.of(from.owned());
            begun = SharingMap.of(from.begun());
            health = SharingMap.of(from.health());
            kept = SharingMap.of(from.kept());
            held = SharingMap.of(from.held());
            hardware = SharingMap.of(from.hardware());
            sights = SharingMap.of(from.sights());
            notes = SharingMap.of(from.notes());
            turn = from.turn();
        }

        RecordedState state() {
            return new RecordedState(intents, assignments, seen, owned, begun, health, kept, held, hardware, sights,
                    notes, turn);
        }

        Fold take(Record record) {
            switch (record) {
                case Intents intent -> intent(intent);
                case Moves move -> move(move);
                case Assignments assignment -> assignment(assignment);
                case Facts fact -> fact(fact);
                case HealthSeen seen -> sights = sights.with(seen.sight(), seen.settled());
                case Milestone milestone -> load(milestone.state());
                case Earlier row -> row.intents().ifPresent(all -> intents = ActiveIntents.of(all));
                case Remark remark -> {
                }
            }
            return this;
        }

        private void intent(Intents intent) {
            intents = switch (intent) {
                case IntentMade made -> intents.with(made.intent());
                case IntentEnded ended -> intents.without(ended.id());
                case IntentExpired expired -> expired(expired);
            };
        }

        private ActiveIntents expired(IntentExpired expired) {
            if (expired.before().isEmpty()) {
                return intents.without(expired.id());
            }
            ActiveIntents over = intents.over(expired.before().get(), expired.at());
            return intents.find(expired.id()).filter(w -> !expired.before().get().equals(w)).map(over::with)
                    .orElse(over);
        }

        private void move(Moves move) {
            switch (move) {
                case MoveBegun m -> m.begun().forEach((service, what) -> begun = begun.with(service, what));
                case MoveEnded m -> {
                    if (!Outcome.leavesOpen(m.routers())) {
                        begun = begun.without(m.service());
                    }
                }
                case Aligned m -> begun = begun.without(m.service());
            }
        }

        private void assignment(Assignments record) {
            switch (record) {
                case Placed p -> assignments = assignments.with(p.service(), p.assignment());
                case Released r ->
                    assignments = movedWhileReleased(r) ? assignments : assignments.with(r.service(), r.assignment());
                case Adopted a -> {
                    assignments = assignments.with(a.service(), a.assignment());
                    seen = seen.with(a.at(), new Shown(a.assignment().servers(), a.shown()));
                    begun = begun.without(a.service());
                }
            }
        }

        private boolean movedWhileReleased(Released r) {
            return !assignments.getOrDefault(r.service(), r.assignment()).servers().equals(r.assignment().servers());
        }

        private void fact(Facts fact) {
            switch (fact) {
                case RouteSeen f -> seen = seen.with(f.at(), f.shown());
                case HopsOwned f -> own(f.service(), f.hops());
                case LinesKept f -> keep(f);
                case NextHopHeld f -> held = f.at().map(at -> held.with(f.server(), at))
                        .orElseGet(() -> held.without(f.server()));
                case HardwareLearned f -> hardware = hardware.with(f.leg(), f.address());
                case HealthChanged f -> health = health.with(f.target(), f.settled());
                case NoteKept f -> note(new NoteId(f.shelf(), f.id()), f.note());
                case NotesDropped f -> f.ids().forEach(id -> notes = notes.without(new NoteId(f.shelf(), id)));
            }
        }

        private void own(String service, List<Address> hops) {
            Set<Address> all = new HashSet<>(owned.getOrDefault(service, Set.of()));
            if (all.addAll(hops)) {
                owned = owned.with(service, Set.copyOf(all));
            }
        }

        private void keep(LinesKept fact) {
            Map<Address, String> all = new HashMap<>(kept.getOrDefault(fact.at(), Map.of()));
            all.putAll(fact.lines());
            if (!all.isEmpty()) {
                kept = kept.with(fact.at(), Map.copyOf(all));
            }
        }

        private void note(NoteId id, String text) {
            Note before = notes.get(id);
            notes = notes.with(id, new Note(before == null ? turn++ : before.turn(), text));
        }
    }
}
