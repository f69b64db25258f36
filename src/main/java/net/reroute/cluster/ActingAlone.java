package net.reroute.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Teller;
import net.reroute.core.ClusterRemarks.LeaderElected;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.ClusterSpec.WhenAlone;
import net.reroute.core.RecordedState;
import net.reroute.journal.Head;
import net.reroute.journal.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election, for a member that goes on where nobody can be elected, if the inventory wants that. It types under the
 * epoch of the last leader, which any machine that has seen a later one refuses. What it records is a branch: once
 * another one leads, the journal goes back to where the branch began, and the branch is set aside. Thread-safe.
 */
final class ActingAlone implements Election {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    /** Far longer than an election takes. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
    private static final int SECONDS = 5;
    private static final String WHY = "no other controller leads or can be elected, and when-alone is act; what is recorded"
            + " from now on is set aside once another one leads";

    private final MemberParts parts;
    private final Leadership leadership;
    private final Follower follower;
    private final Asides asides;
    private final Supplier<Optional<Peers>> peers;
    private final Supplier<Consensus> consensus;
    private final Path branched;
    private final Teller teller = new Teller();
    private volatile boolean acting;
    private volatile long epoch;
    private volatile long lonelySince;
    private volatile boolean lonely;

    /** @param consensus that elects; none while this member still enters */
    ActingAlone(MemberParts parts, Leadership leadership, Follower follower, Asides asides,
            Supplier<Optional<Peers>> peers, Supplier<Consensus> consensus) {
        this.parts = parts;
        this.leadership = leadership;
        this.follower = follower;
        this.asides = asides;
        this.peers = peers;
        this.consensus = consensus;
        this.branched = parts.state().resolve("cluster").resolve("before-alone.db");
    }

    /** True while this member acts without having been elected. */
    boolean acts() {
        return acting;
    }

    /** Looks whether this member is on its own. Called several times a second; returns at once. */
    void look() {
        boolean now = parts.spec().whenAlone() == WhenAlone.ACT && isAlone();
        if (now && !lonely) {
            lonelySince = System.nanoTime();
        }
        lonely = now;
        if (acting && !now) {
            teller.tell(this::end);
        } else if (now && !acting && System.nanoTime() - lonelySince > PATIENCE) {
            teller.tell(this::begin);
        }
    }

    /** True if nobody can be elected, and no other member that is heard would go on instead. */
    private boolean isAlone() {
        Optional<Election> election = Optional.ofNullable(consensus.get()).map(Consensus::election);
        List<Beat> heard = peers.get().map(Peers::beats).orElse(List.of());
        return !parts.own().witness() && election.isPresent() && election.get().leader().isEmpty()
                && election.get().trouble().isPresent() && heard.stream().noneMatch(b -> b.leader().isPresent())
                && parts.spec().members().values().stream().filter(m -> !m.witness()).map(Member::name)
                        .filter(m -> m.equals(parts.name()) || heard.stream().anyMatch(b -> b.name().equals(m)))
                        .findFirst().equals(Optional.of(parts.name()));
    }

    private synchronized void begin() {
        if (acting || !isAlone()) {
            return;
        }
        try {
            Files.deleteIfExists(branched);
            try (JournalReader reader = JournalReader.open(parts.state())) {
                reader.chain().copyTo(branched);
            }
            RecordedState state = parts.host().state();
            epoch = ClusterNotes.lastEpoch(state);
            parts.journal().replica().follow(false);
            acting = true;
            parts.host().won(state);
            parts.host().record(new LeaderElected(parts.name(), epoch, WHY));
            leadership.ready(true);
            parts.host().begin();
            LOG.warn("acts alone: {}", WHY);
        } catch (IOException e) {
            LOG.error("cannot act alone: the journal cannot be copied", e);
        }
    }

    /** Another member leads, or this one is elected: the records go back to where all had the same. */
    synchronized void end() {
        if (!acting) {
            return;
        }
        acting = false;
        leadership.ready(false);
        parts.host().lost("the others can be heard again");
        parts.journal().replica().follow(true);
        Head last = follower.head();
        try {
            follower.restore(branched);
            asides.add("acted alone until row " + last.id() + "; what it recorded meanwhile is in its file"
                    + " journal.db.replaced-DATE, and wishes in it have to be repeated");
        } catch (IOException e) {
            LOG.error("the journal cannot go back to where this member began to act alone", e);
        }
    }

    /** Goes back after a crash in the middle of acting alone. Called before anything else reads the journal. */
    void recover() throws IOException {
        if (Files.exists(branched)) {
            follower.restore(branched);
            asides.add(
                    "ended while it acted alone; what it recorded meanwhile is in its file journal.db.replaced-DATE");
        }
    }

    // ---- the election -----------------------------------------------------------------------------------------------

    private Election elected() {
        return consensus.get().election();
    }

    @Override
    public boolean leads() {
        return acting || elected().leads();
    }

    @Override
    public boolean confirms() {
        return acting || elected().confirms();
    }

    @Override
    public void outgrow(long later) {
        if (!acting) { // a later leader has been there: who acts alone must not outgrow it
            elected().outgrow(later);
        }
    }

    @Override
    public long epoch() {
        return acting ? epoch : elected().epoch();
    }

    @Override
    public Optional<String> leader() {
        return elected().leader();
    }

    @Override
    public Optional<String> trouble() {
        return elected().trouble();
    }

    @Override
    public void resign(String successor) {
        elected().resign(successor);
    }

    @Override
    public void close() {
        teller.close();
        end();
    }
}
