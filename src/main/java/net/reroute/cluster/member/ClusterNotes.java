package net.reroute.cluster.member;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.RecordedState;

/**
 * What the records say of the cluster itself, as notes: "member NAME" with the fingerprint of its certificate and when it
 * joined, "invited NAME" with the hash of the invitation and its end, "leader" with the name, the epoch and the time,
 * "way" with how that leader was elected, "offset" with a number that is added to Raft's terms.
 */
public final class ClusterNotes {

    private static final String MEMBER = "member ";
    private static final String INVITED = "invited ";
    private static final String LEADER = "leader";
    private static final String WAY = "way";
    private static final String OFFSET = "offset";
    private static final String REMOVED = "-";

    private ClusterNotes() {}

    private static Optional<String[]> words(RecordedState state, String id, int count) {
        return Optional.ofNullable(state.notes(Shelf.CLUSTER).get(id)).map(t -> t.split(" "))
                .filter(w -> w.length == count);
    }

    public static NoteKept joined(String member, String fingerprint, Instant at) {
        return new NoteKept(Shelf.CLUSTER, MEMBER + member, fingerprint + " " + at);
    }

    public static NoteKept removed(String member, Instant at) {
        return new NoteKept(Shelf.CLUSTER, MEMBER + member, REMOVED + " " + at);
    }

    /**
     * True if a member may have this certificate: it joined with it. All may where no record tells of any member yet; once
     * there are some, the authority's signature alone is not enough, since members that were removed have its key.
     */
    public static boolean mayBe(RecordedState state, String member, String fingerprint) {
        return words(state, MEMBER + member, 2).map(w -> w[0].equals(fingerprint)).orElseGet(
                () -> state.notes(Shelf.CLUSTER).keySet().stream().noneMatch(id -> id.startsWith(MEMBER)));
    }

    /** When each member joined. Those that were removed are left out. */
    public static Map<String, Instant> members(RecordedState state) {
        Map<String, Instant> all = new LinkedHashMap<>();
        state.notes(Shelf.CLUSTER).keySet().stream().filter(id -> id.startsWith(MEMBER))
                .forEach(id -> words(state, id, 2)
                        .filter(w -> !w[0].equals(REMOVED))
                        .ifPresent(w -> all.put(id.substring(MEMBER.length()), time(w[1]))));
        return all;
    }

    public static NoteKept invited(String member, String hash, Instant until) {
        return new NoteKept(Shelf.CLUSTER, INVITED + member, hash + " " + until);
    }

    /** The note of an invitation. */
    public static String invitation(String member) {
        return INVITED + member;
    }

    /** The member with an invitation of this hash; empty if there is none that is still good. */
    public static Optional<String> invited(RecordedState state, String hash, Instant now) {
        return state.notes(Shelf.CLUSTER).keySet().stream().filter(id -> id.startsWith(INVITED))
                .filter(id -> words(state, id, 2).filter(w -> w[0].equals(hash) && now.isBefore(time(w[1])))
                        .isPresent())
                .map(id -> id.substring(INVITED.length())).findFirst();
    }

    public static NoteKept leads(String member, long epoch, Instant at) {
        return new NoteKept(Shelf.CLUSTER, LEADER, member + " " + epoch + " " + at);
    }

    /** The epoch of the leader that made the newest row; 0 if no leader was elected yet. */
    public static long lastEpoch(RecordedState state) {
        return words(state, LEADER, 3).map(w -> w[1]).filter(w -> w.matches("\\d{1,18}")).map(Long::parseLong)
                .orElse(0L);
    }

    /** What is added to Raft's terms, since a router knew higher epochs. */
    public static long offset(RecordedState state) {
        return words(state, OFFSET, 1).map(w -> w[0]).filter(w -> w.matches("\\d{1,18}")).map(Long::parseLong)
                .orElse(0L);
    }

    public static NoteKept offset(long offset) {
        return new NoteKept(Shelf.CLUSTER, OFFSET, Long.toString(offset));
    }

    /** The way in which the leader was elected that made the newest row; empty if no leader was elected yet. */
    public static String way(RecordedState state) {
        return state.notes(Shelf.CLUSTER).getOrDefault(WAY, "");
    }

    public static NoteKept elects(String way) {
        return new NoteKept(Shelf.CLUSTER, WAY, way);
    }

    /** The leader that made the newest row. */
    public static Optional<String> lastLeader(RecordedState state) {
        return words(state, LEADER, 3).map(w -> w[0]);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
