package net.reroute.cluster;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.core.Actor;
import net.reroute.core.RequestRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an admin can have the leader do about the members. */
public final class LeaderCommands {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderCommands.class);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration TAKES_OVER = Duration.ofSeconds(3);
    private static final int MOST_TRIES = 2;
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(2);

    private final MemberParts parts;
    private final Leadership leadership;
    private final Peers peers;
    private final Supplier<Consensus> consensus;
    private final Identity identity;

    LeaderCommands(MemberParts parts, Leadership leadership, Peers peers, Supplier<Consensus> consensus,
            Identity identity) {
        this.leadership = leadership;
        this.peers = peers;
        this.consensus = consensus;
        this.parts = parts;
        this.identity = identity;
    }

    /** Makes a token with which a controller of the inventory can join. */
    public String invite(String name, Actor by) throws RequestRefusedException {
        return invitations(name).invite(name, by);
    }

    /** Ends a membership. */
    public void remove(String name, Actor by) throws RequestRefusedException {
        if (name.equals(parts.name())) {
            throw new RequestRefusedException(name + " leads; 'reroute cluster lead OTHER' first, and remove it there");
        }
        mustLead();
        Map<String, Instant> joined = ClusterNotes.members(parts.host().state());
        if (!joined.containsKey(name)) {
            throw new RequestRefusedException(name + " is no member; there are " + String.join(", ", joined.keySet()));
        }
        consensus.get().remove(name); // also one that stands in controllers: no more
        new Invitations(parts, identity).remove(name, by);
    }

    private Invitations invitations(String name) throws RequestRefusedException {
        mustLead();
        if (parts.spec().member(name).isEmpty()) {
            throw new RequestRefusedException("no controller '" + name + "' in the section controllers: here; there"
                    + " are " + String.join(", ", parts.spec().members().keySet())
                    + ". If you have added it since, 'reroute reload' first");
        }
        return new Invitations(parts, identity);
    }

    private void mustLead() throws RequestRefusedException {
        if (!leadership.leads()) {
            throw new RequestRefusedException("no controller leads just now"
                    + consensus.get().election().trouble().map(t -> " (" + t + ")").orElse("")
                    + "; nothing was changed");
        }
    }

    /** Lets another member lead. */
    public void handOver(String to) throws RequestRefusedException {
        mustLead();
        Peer peer = peers.of(to).orElseThrow(() -> new RequestRefusedException(
                to.equals(parts.name())
                        ? to + " leads already"
                        : "no controller '" + to + "'; there are "
                                + String.join(", ", parts.spec().members().keySet())));
        if (peer.client().member().witness()) {
            throw new RequestRefusedException(to + " is a witness, which never leads");
        }
        Beat beat = peer.beat().orElseThrow(() -> new RequestRefusedException(to + " does not answer ("
                + peer.trouble().orElse("silent") + "), so nothing was handed over"));
        if (!beat.able()) {
            throw new RequestRefusedException(to + " cannot lead: it cannot reach the routers that keep the lease, or"
                    + " is of an older version; nothing was handed over");
        }
        if (!consensus.get().isUpToDate(to, SHORT)) {
            throw new RequestRefusedException(to + " has not all records yet; nothing was handed over");
        }
        for (int tried = 1; !takesOver(peer, to); tried++) {
            if (!leadership.leads()) {
                throw new RequestRefusedException(to + " does not lead yet; 'reroute cluster' shows who does");
            }
            if (tried == MOST_TRIES) {
                throw new RequestRefusedException(to + " did not take the lead, and " + parts.name()
                        + " leads on; nothing was handed over");
            }
        }
    }

    /** Resigns once. Returns false if the other does not lead soon after: an election came in between, or it is slow. */
    private boolean takesOver(Peer peer, String to) {
        consensus.get().election().resign(to);
        try {
            if (peer.client().ask("/lead", Messages.empty(), TAKES_OVER).path("leads").asBoolean()) {
                return true;
            }
        } catch (IOException e) {
            LOG.debug("{} is not told; it sees the free lease by itself", to, e);
        }
        long end = System.nanoTime() + TAKES_OVER.toNanos();
        while (!consensus.get().election().leader().equals(Optional.of(to))) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return true;
    }
}
