package net.reroute.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Teller;
import net.reroute.core.ClusterRemarks.LeaderElected;
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
    private static final String WHY = "no other controller leads or can be elected, and when-alone is act; what is recorded"
            + " from now on is set aside once another one leads";

    private final MemberParts parts;
    private final Leadership leadership;
    private final Follower follower;
    private final Asides asides;
    private final Supplier<Optional<Peers>> peers;
    private final Supplier<Consensus> consensus;
    private final BooleanSupplier able;
    private final Path branched;
    private final Teller teller = new Teller();
    /** Asked wherever rows come: a disk that hangs must not stop them. */
    private volatile boolean isBranch;
    private volatile boolean acting;
    private volatile long epoch;
    private volatile long lonelySince;
    private volatile boolean lonely;

    /**
     * @param consensus that elects; none while this member still enters
     * @param able false: this member must not be elected
     */
    ActingAlone(MemberParts parts, Leadership leadership, Follower follower, Asides asides,
            Supplier<Optional<Peers>> peers, Supplier<Consensus> consensus, BooleanSupplier able) {
        this.able = able;
        this.parts = parts;
        this.leadership = leadership;
        this.follower = follower;
        this.asides = asides;
        this.peers = peers;
        this.consensus = consensus;
        this.branched = branched(parts.state());
        this.isBranch = Files.exists(branched);
    }

    private static Path branched(Path state) {
        return state.resolve("cluster").resolve("before-alone.db");
    }

    /** A branch of long ago is no reason to go back. */
    static void forget(Path state) {
        try {
            Files.deleteIfExists(branched(state));
        } catch (IOException e) {
            LOG.warn("{} cannot be removed; remove it: {}", branched(state), e.getMessage());
        }
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
        if (acting && elected().leader().or(this::heardLeader).isPresent()) {
            teller.tell(this::end);
        } else if (now && !acting && System.nanoTime() - lonelySince > PATIENCE) {
            teller.tell(this::begin);
        }
    }

    /** True if nobody can be elected, and no other member that is heard would go on instead. */
    private boolean isAlone() {
        Optional<Election> election = Optional.ofNullable(consensus.get()).map(Consensus::election);
        List<Beat> heard = peers.get().map(Peers::beats).orElse(List.of());
        return able.getAsBoolean() && ClusterNotes.lastEpoch(parts.host().state()) > 0 && election.isPresent()
                && election.get().leader().isEmpty() && election.get().trouble().isPresent() && heardLeader().isEmpty()
                && peers.get().filter(Peers::isRefused).isEmpty() && isFirst(heard);
    }

    /** Of several that hear each other, the first of the inventory goes on. */
    private boolean isFirst(List<Beat> heard) {
        return parts.spec().vantages().stream()
                .filter(m -> m.equals(parts.name()) || heard.stream().anyMatch(b -> b.name().equals(m)))
                .findFirst().equals(Optional.of(parts.name()));
    }

    private Optional<String> heardLeader() {
        return peers.get().flatMap(p -> p.beats().stream().flatMap(b -> b.leader().stream()).findFirst());
    }

    private synchronized void begin() {
        if (acting || !isAlone()) {
            return;
        }
        try {
            branch();
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

    /** Keeps the journal as it is now, unless it is a branch already: the process may have ended on it. */
    private void branch() throws IOException {
        if (isBranch) {
            return;
        }
        Path copy = branched.resolveSibling("before-alone.new");
        Files.deleteIfExists(copy);
        try (JournalReader reader = JournalReader.open(parts.state())) {
            reader.chain().copyTo(copy);
        }
        try (FileChannel written = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(copy, branched, StandardCopyOption.ATOMIC_MOVE);
        isBranch = true;
    }

    /** Another member leads, or this one is elected: the records go back to where all had the same. */
    void end() {
        if (acting || isBranch) {
            synchronized (follower) { // first, as where rows come
                back();
            }
        }
    }

    private synchronized void back() {
        if (acting) {
            acting = false;
            leadership.ready(false);
            parts.host().lost("another controller leads");
        }
        if (!isBranch) {
            return;
        }
        parts.journal().replica().follow(true);
        Head last = follower.head();
        try {
            follower.restore(branched);
            isBranch = false;
            asides.add("acted alone until row " + last.id() + "; what it recorded meanwhile is in its file"
                    + " journal.db.replaced-DATE, and wishes in it have to be repeated");
        } catch (IOException e) {
            LOG.error("the journal cannot go back to where this member began to act alone", e);
        }
    }

    // ---- the election -----------------------------------------------------------------------------------------------

    private Election elected() {
        return consensus.get().election();
    }

    @Override
    public boolean leads() {
        return acting && elected().leader().isEmpty() || elected().leads();
    }

    @Override
    public boolean confirms() {
        return acting && elected().leader().isEmpty() || elected().confirms();
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
        teller.close(); // the branch stays: after a start this member goes on with it
        acting = false;
    }
}
