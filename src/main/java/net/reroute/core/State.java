package net.reroute.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is remembered: the fold of the journal's records. A value; {@link #apply} gives the next one.
 *
 * @param wishes of admins
 * @param placements by service
 * @param seen servers last verified or adopted, by router and service; next hops in what is left of the first edition
 * @param owned next hops that reroute ever set, or an earlier inventory had, by service
 * @param begun moves whose end is not known, by service
 * @param health what was last found UP or DOWN
 * @param kept lines that reroute took out of a router's configuration, by next hop
 * @param held who has taken over a server's next hop, by that server
 * @param hardware the hardware addresses of servers' interfaces, learnt while they were healthy
 * @param notes by shelf and id
 * @param turn how many notes were ever kept: they are read in the order in which they came
 */
public record State(Wishes wishes, Map<String, Placement> placements, Map<At, List<String>> seen,
        Map<String, Set<Address>> owned, Map<String, Begun> begun, Map<Target, Settled> health,
        Map<At, Map<Address, String>> kept, Map<String, String> held, Map<Leg, HardwareAddress> hardware,
        Map<NoteId, Note> notes, long turn) {

    public static final State NOTHING = new State(Wishes.NONE, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(),
            Map.of(), Map.of(), Map.of(), Map.of(), 0);

    public State {
        placements = Table.of(placements);
        seen = Table.of(seen);
        owned = Table.of(owned);
        begun = Table.of(begun);
        health = Table.of(health);
        kept = Table.of(kept);
        held = Table.of(held);
        hardware = Table.of(hardware);
        notes = Table.of(notes);
    }

    /** An interface of a server. */
    public record Leg(String server, String on) {}

    /** A service on a router. */
    public record At(String router, String service) {}

    /** A move that was about to be typed. */
    public record Begun(List<String> to, String reason) {}

    /** A health without its evidence. */
    public record Settled(Health.State state, Instant since) {}

    /**
     * What is kept in the words of whoever put it there. PLAY: playbooks under way. JOB: the last run of what recurs.
     * OUTBOX: what people are still to be told. PROBLEM: what they were told of and is not over. CERTIFICATE: when it was
     * last told of one that will expire.
     */
    public enum Shelf {
        PLAY, JOB, OUTBOX, PROBLEM, CERTIFICATE
    }

    public record NoteId(Shelf shelf, String id) {}

    /** @param turn when it came, among all notes; one that is replaced keeps its place */
    public record Note(long turn, String text) {}

    /** What is so after one more record. The same for the same record, always; no record is refused. */
    public State apply(Record record) {
        return new Fold(this).take(record).state();
    }

    /** What is so after these. */
    public State apply(Iterable<? extends Record> records) {
        Fold fold = new Fold(this);
        records.forEach(fold::take);
        return fold.state();
    }

    /** The same with no wish at all: they may have been changed, and nobody can tell. */
    public State withoutWishes() {
        return new State(Wishes.NONE, placements, seen, owned, begun, health, kept, held, hardware, notes, turn);
    }

    /** What lies on a shelf, by id in the order it came. */
    public Map<String, String> notes(Shelf shelf) {
        Map<String, String> all = new LinkedHashMap<>();
        notes.entrySet().stream().filter(e -> e.getKey().shelf() == shelf)
                .sorted(Comparator.comparingLong(e -> e.getValue().turn()))
                .forEach(e -> all.put(e.getKey().id(), e.getValue().text()));
        return all;
    }
}
