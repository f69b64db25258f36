package net.reroute.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.ClusterSpec.WhenAlone;

/**
 * The controllers as one of them sees them.
 *
 * @param self the member that was asked
 * @param epoch of the leader
 * @param byLease true: by a lease on Linux routers; false: by Raft
 * @param trouble why nobody can be elected at present
 * @param alone true: this member acts although nobody is elected
 * @param since when this member began to lead or to follow
 */
public record ClusterReport(String self, Optional<String> leader, long epoch, boolean byLease,
        Optional<String> trouble, boolean alone, Instant since, WhenAlone whenAlone, List<MemberReport> members) {

    /**
     * One member.
     *
     * @param joined false: it is in the inventory, and has no certificate yet
     * @param silence the time since it last told something; empty if it never did
     * @param lag how many rows its journal lacks; empty if that is not known
     * @param sameInventory false: its inventory is another one
     * @param counts what it sees of servers counts
     * @param unknown kinds of records that its version does not know
     * @param trouble why it cannot be asked
     */
    public record MemberReport(Member member, boolean leads, boolean joined, String version,
            Optional<Duration> silence, Optional<Long> lag, boolean sameInventory, boolean counts, List<String> unknown,
            Optional<String> trouble) {}
}
