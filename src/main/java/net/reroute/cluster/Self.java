package net.reroute.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterHost;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this member tells the others, and whether it may lead.
 *
 * @param way how it elects
 * @param heard what other members told lately
 * @param print the fingerprint of its certificate
 * @param consensus of this member; none while it still enters
 */
record Self(MemberParts parts, Way way, Supplier<List<Beat>> heard, String print, Follower follower,
        Supplier<Consensus> consensus) {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private Optional<Election> election() {
        return Optional.ofNullable(consensus.get()).map(Consensus::election);
    }

    /** A member with fewer records leaves it to the one with more, unless that one cannot lead. */
    boolean mayLead(Peers peers) {
        return canLead() && !peers.isAnyAhead(ClusterNotes.lastEpoch(parts.host().state()), follower.head().id());
    }

    /**
     * False for a witness, for a version that does not know all records, for a member that was removed, and while members
     * elect in different ways.
     */
    boolean canLead() {
        return !parts.own().witness() && follower.unknown().isEmpty() && parts.roster().has(parts.name(), print)
                && way.trouble(heard.get()).isEmpty();
    }

    /**
     * As {@link #canLead}, for an election by majority. Where the last leader was elected in another way, the log of this
     * one says nothing of its records: then the journal of a member that has more is taken first. May block.
     */
    boolean mayLeadByMajority(Peers peers) {
        if (!canLead()) {
            return false;
        }
        Optional<Peer> ahead = ClusterNotes.way(parts.host().state()).equals(way.text())
                ? Optional.empty()
                : peers.ahead(ClusterNotes.lastEpoch(parts.host().state()), follower.head().id());
        ahead.ifPresent(p -> {
            try {
                follower.fetch(p.client());
            } catch (IOException e) {
                LOG.warn("{} has more records, which cannot be taken: {}", p.client().member().name(), e.getMessage());
            }
        });
        return ahead.isEmpty();
    }

    /** What it tells the others. */
    Beat beat() {
        ClusterHost.Standing standing = parts.host().standing();
        List<String> unknown = follower.unknown();
        return new Beat(parts.own().name(), standing.version(),
                election().filter(Election::leads).map(e -> parts.own().name()),
                election().map(Election::epoch).orElse(0L), ClusterNotes.lastEpoch(parts.host().state()),
                follower.head().toString(), consensus.get() != null,
                canLead() && election().filter(e -> e.trouble().isEmpty()).isPresent(),
                standing.inventory(), standing.counts(), way.text(), unknown);
    }
}
