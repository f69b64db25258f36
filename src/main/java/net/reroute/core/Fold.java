package net.reroute.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Facts.HardwareLearned;
import net.reroute.core.Facts.HealthChanged;
import net.reroute.core.Facts.HopsOwned;
import net.reroute.core.Facts.LinesKept;
import net.reroute.core.Facts.NextHopHeld;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.RouteSeen;
import net.reroute.core.Intents.IntentEnded;
import net.reroute.core.Intents.IntentExpired;
import net.reroute.core.Intents.IntentMade;
import net.reroute.core.Moves.Aligned;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Placements.Adopted;
import net.reroute.core.Placements.Placed;
import net.reroute.core.Placements.Released;
import net.reroute.core.State.At;
import net.reroute.core.State.Begun;
import net.reroute.core.State.Leg;
import net.reroute.core.State.Note;
import net.reroute.core.State.NoteId;
import net.reroute.core.State.Settled;

/** A state on its way to the next. */
final class Fold {

    private Wishes wishes;
    private Table<String, Placement> placements;
    private Table<At, List<String>> seen;
    private Table<String, Set<Address>> owned;
    private Table<String, Begun> begun;
    private Table<Target, Settled> health;
    private Table<At, Map<Address, String>> kept;
    private Table<String, String> held;
    private Table<Leg, HardwareAddress> hardware;
    private Table<NoteId, Note> notes;
    private long turn;

    Fold(State from) {
        load(from);
    }

    private void load(State from) {
        wishes = from.wishes();
        placements = Table.of(from.placements());
        seen = Table.of(from.seen());
        owned = Table.of(from.owned());
        begun = Table.of(from.begun());
        health = Table.of(from.health());
        kept = Table.of(from.kept());
        held = Table.of(from.held());
        hardware = Table.of(from.hardware());
        notes = Table.of(from.notes());
        turn = from.turn();
    }

    State state() {
        return new State(wishes, placements, seen, owned, begun, health, kept, held, hardware, notes, turn);
    }

    Fold take(Record record) {
        switch (record) {
            case Intents intent -> intent(intent);
            case Moves move -> move(move);
            case Placements placement -> placement(placement);
            case Facts fact -> fact(fact);
            case Milestone milestone -> load(milestone.state());
            case Earlier row -> row.wishes().ifPresent(all -> wishes = Wishes.of(all));
            case Remark remark -> {
            }
        }
        return this;
    }

    private void intent(Intents intent) {
        wishes = switch (intent) {
            case IntentMade made -> wishes.with(made.wish());
            case IntentEnded ended -> wishes.without(ended.id());
            case IntentExpired expired -> expired(expired);
        };
    }

    private Wishes expired(IntentExpired expired) {
        if (expired.before().isEmpty()) {
            return wishes.without(expired.id());
        }
        Wishes over = wishes.over(expired.before().get(), expired.at());
        return wishes.find(expired.id()).filter(w -> !expired.before().get().equals(w)).map(over::with).orElse(over);
    }

    private void move(Moves move) {
        switch (move) {
            case MoveBegun m -> m.begun().forEach((service, what) -> begun = begun.with(service, what));
            case MoveEnded m -> {
                if (!Outcome.leavesOpen(m.routers())) {
                    begun = begun.without(m.service());
                }
                m.placement().ifPresent(p -> placements = placements.with(m.service(), p));
            }
            case Aligned m -> begun = begun.without(m.service());
        }
    }

    private void placement(Placements record) {
        switch (record) {
            case Placed p -> placements = placements.with(p.service(), p.placement());
            case Released r -> placements = placements.with(r.service(), r.placement());
            case Adopted a -> {
                placements = placements.with(a.service(), a.placement());
                seen = seen.with(a.at(), a.placement().servers());
                begun = begun.without(a.service());
            }
        }
    }

    private void fact(Facts fact) {
        switch (fact) {
            case RouteSeen f -> seen = seen.with(f.at(), f.servers());
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
        all.addAll(hops);
        owned = owned.with(service, Set.copyOf(all));
    }

    private void keep(LinesKept fact) {
        Map<Address, String> all = new HashMap<>(kept.getOrDefault(fact.at(), Map.of()));
        all.putAll(fact.lines());
        kept = kept.with(fact.at(), Map.copyOf(all));
    }

    private void note(NoteId id, String text) {
        Note before = notes.get(id);
        notes = notes.with(id, new Note(before == null ? turn++ : before.turn(), text));
    }
}
