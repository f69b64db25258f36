package net.reroute.core;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Facts.HardwareLearned;
import net.reroute.core.Facts.HealthChanged;
import net.reroute.core.Facts.HopsOwned;
import net.reroute.core.Facts.LinesKept;
import net.reroute.core.Facts.NextHopHeld;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.RouteSeen;
import net.reroute.core.RecordedState.Note;
import net.reroute.core.RecordedState.NoteId;
import net.reroute.core.Sightings.HealthSeen;

/** Tells which records would say nothing new. */
public final class KnownFacts {

    private KnownFacts() {}

    /** True if the state already contains what this records. */
    public static boolean has(RecordedState state, Record record) {
        return switch (record) {
            case Facts fact -> knows(state, fact);
            case HealthSeen seen -> seen.settled().equals(state.sights().get(seen.sight()));
            default -> false;
        };
    }

    private static boolean knows(RecordedState state, Facts fact) {
        return switch (fact) {
            case RouteSeen f -> f.shown().equals(state.seen().get(f.at()));
            case HopsOwned f -> state.owned().getOrDefault(f.service(), Set.of()).containsAll(f.hops());
            case NextHopHeld f -> f.at().equals(Optional.ofNullable(state.held().get(f.server())));
            case HardwareLearned f -> f.address().equals(state.hardware().get(f.leg()));
            case HealthChanged f -> f.settled().equals(state.health().get(f.target()));
            case LinesKept f ->
                state.kept().getOrDefault(f.at(), Map.of()).entrySet().containsAll(f.lines().entrySet());
            case NoteKept f -> Optional.ofNullable(state.notes().get(new NoteId(f.shelf(), f.id()))).map(Note::text)
                    .equals(Optional.of(f.note()));
            case NotesDropped f ->
                f.ids().stream().noneMatch(id -> state.notes().containsKey(new NoteId(f.shelf(), id)));
        };
    }
}
