package net.reroute.cluster.raft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.RequestRefusedException;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members that vote: those that have joined. Only the leader changes them. */
final class RaftVoters {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private static final int TRIES = 6;
    private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(500);

    private final RaftServer server;
    private final RaftGroupId group;
    private final RaftCalls calls;
    private final MemberParts parts;
    private final Function<String, Optional<Peer>> others;

    RaftVoters(RaftServer server, RaftGroupId group, RaftCalls calls, MemberParts parts,
            Function<String, Optional<Peer>> others) {
        this.server = server;
        this.group = group;
        this.calls = calls;
        this.parts = parts;
        this.others = others;
    }

    /** True if a member votes, and no change of those that do is under way: until its end both the old and the new count. */
    boolean has(String member) {
        return configuration().filter(now -> now.getPreviousPeers().isEmpty()
                && now.getCurrentPeers().stream().anyMatch(p -> p.getId().toString().equals(member))).isPresent();
    }

    private Optional<RaftConfiguration> configuration() {
        try {
            return Optional.of(server.getDivision(group).getRaftConf());
        } catch (IOException e) {
            LOG.debug("this member has no part in Raft yet", e);
            return Optional.empty();
        }
    }

    /** Ends the vote of a member. */
    void remove(String member) throws RequestRefusedException {
        List<RaftPeer> rest = peers().stream().filter(p -> !p.getId().toString().equals(member)).toList();
        Optional<IOException> trouble = tried(rest);
        for (int i = 1; i < TRIES && trouble.isPresent(); i++) { // the majority may be lost for a moment, as by a start
            LockSupport.parkNanos(BETWEEN_TRIES);
            trouble = tried(rest);
        }
        if (trouble.isPresent()) {
            throw new RequestRefusedException(
                    member + " cannot be removed, since the others do not confirm it; look"
                            + " at 'reroute cluster', and try again (" + trouble.get().getMessage() + ")",
                    trouble.get());
        }
    }

    private Optional<IOException> tried(List<RaftPeer> wanted) {
        try {
            calls.configure(wanted);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private List<RaftPeer> peers() {
        return configuration().map(now -> List.copyOf(now.getCurrentPeers())).orElse(List.of());
    }

    /** Lets a member vote that has joined. */
    public void complete() {
        missing().ifPresent(member -> {
            List<RaftPeer> wanted = new ArrayList<>(peers());
            wanted.removeIf(p -> p.getId().toString().equals(member.name())); // it may have another address now
            wanted.add(RaftSettings.peer(member));
            try {
                calls.configure(wanted);
                LOG.info("{} votes from now on", member.name());
            } catch (IOException e) {
                LOG.warn("{} joined and does not vote yet: {}; it is tried again", member.name(), e.getMessage());
            }
        });
    }

    /** A member that has joined and is ready, and does not vote at its address yet. One is added after the other. */
    Optional<Member> missing() {
        List<String> now = peers().stream().map(RaftVoters::place).toList();
        return ClusterNotes.members(parts.host().state()).keySet().stream()
                .filter(name -> others.apply(name).flatMap(Peer::beat).filter(Beat::started).isPresent())
                .flatMap(name -> parts.spec().member(name).stream())
                .filter(member -> !now.contains(place(RaftSettings.peer(member)))).findFirst();
    }

    private static String place(RaftPeer peer) {
        return peer.getId() + " " + peer.getAddress();
    }
}
