package net.reroute.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.core.ClusterRemarks.LeaderElected;
import net.reroute.core.RecordedState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows when this member is elected, and when it leads no more. Called by one thread. */
final class Reign implements Election.Listener {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final int SECONDS = 5;

    private final MemberParts parts;
    private final Leadership leadership;
    private final Identity identity;
    private final Follower follower;
    private final Way way;
    private final Sights sights;
    private final Runnable rejoin;
    private final Supplier<Consensus> consensus;
    /** Opened when all that an election calls on is there. */
    private final CountDownLatch entered = new CountDownLatch(1);
    private volatile boolean handedOver;
    private volatile Instant since = Instant.now();

    /**
     * @param rejoin ends what this member did while it acted alone
     * @param consensus of this member, which may tell of an election before it is returned
     */
    Reign(MemberParts parts, Leadership leadership, Identity identity, Follower follower,
            Way way, Sights sights, Runnable rejoin, Supplier<Consensus> consensus) {
        this.way = way;
        this.sights = sights;
        this.rejoin = rejoin;
        this.parts = parts;
        this.leadership = leadership;
        this.identity = identity;
        this.follower = follower;
        this.consensus = consensus;
    }

    private Consensus consensus() {
        return consensus.get();
    }

    /** When this member began to lead or to follow. */
    Instant since() {
        return since;
    }

    /** Lets elections have consequences. */
    void begin() {
        entered.countDown();
    }

    /** The leader has resigned in favour of this member. */
    void handedOver() {
        handedOver = true;
    }

    @Override
    public void won(long epoch) {
        try {
            entered.await();
            long began = System.nanoTime();
            rejoin.run();
            follower.lead(true, epoch);
            RecordedState state = parts.journal().replica().newestState().get(SECONDS, TimeUnit.SECONDS);
            String before = lastLeader(state);
            boolean behind = consensus().isBehind();
            consensus().lead(state);
            parts.host().won(state);
            parts.host().record(ClusterNotes.leads(parts.name(), epoch, Instant.now()),
                    ClusterNotes.elects(way.text()),
                    new LeaderElected(parts.name(), epoch, why(before, behind)));
            String print = Identity.fingerprint(identity.certificate());
            if (!ClusterNotes.members(state).containsKey(parts.name())
                    || !ClusterNotes.mayBe(state, parts.name(), print)) {
                parts.host().record(ClusterNotes.joined(parts.name(), print, Instant.now()));
            }
            parts.roster().settle();
            sights.gather();
            since = Instant.now();
            handedOver = false;
            leadership.ready(true);
            parts.host().begin();
            LOG.info("leads after {} ms", (System.nanoTime() - began) / 1_000_000);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.error("cannot lead: what follows from an election failed, as where the journal cannot be read", e);
            consensus().election().resign("another member");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lastLeader(RecordedState state) {
        return ClusterNotes.lastLeader(state).orElse("");
    }

    private String why(String before, boolean behind) {
        List<String> reasons = new ArrayList<>();
        if (!before.isEmpty() && !before.equals(parts.name())) {
            String silent = parts.spec().byLease() ? " did not renew its lease" : " was not heard any more";
            reasons.add(handedOver ? before + " handed over" : before + silent);
        }
        if (behind && !before.isEmpty() && !before.equals(parts.name())) {
            reasons.add(
                    "records that " + before + " made while this member was away may be missing here; they are set"
                            + " aside when " + before + " returns");
        }
        return String.join("; ", reasons);
    }

    @Override
    public void lost(String why) {
        leadership.ready(false);
        consensus().follow();
        follower.lead(false, consensus().election().epoch());
        since = Instant.now();
        parts.host().lost(why);
    }
}
