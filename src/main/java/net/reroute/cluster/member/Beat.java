package net.reroute.cluster.member;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import net.reroute.journal.Head;

/**
 * What members tell each other several times a second. Later versions may tell more.
 *
 * @param version of reroute
 * @param leader this member, if it leads
 * @param epoch of the leader
 * @param lastEpoch of the leader that made the newest row of its journal
 * @param head the newest row in its journal, as number and hash
 * @param started it takes part in elections
 * @param able it could be elected
 * @param inventory changes with the contents of the inventory in force
 * @param counts what it sees of servers counts: it is not cut off, and has looked at all
 * @param way how it elects: by which lease, or by majority; empty from a version that does not tell
 * @param unknown kinds of records that only a later version knows; such a member does not lead
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Beat(String name, String version, Optional<String> leader, long epoch, long lastEpoch, String head,
        boolean started, boolean able, String inventory, boolean counts, String way, List<String> unknown) {

    public Beat {
        way = way == null ? "" : way;
        unknown = unknown == null ? List.of() : List.copyOf(unknown);
    }

    /** True if it has more records than these: of a later leader, or more of the same. */
    public boolean isAhead(long ofEpoch, long row) {
        return lastEpoch > ofEpoch || lastEpoch == ofEpoch && newest() > row;
    }

    /** The number of the newest row in its journal. */
    public long newest() {
        try {
            return Head.parse(head).id();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
