package net.reroute.cluster.raft;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.cluster.member.Teller;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who leads, as Ratis has elected it. Thread-safe. */
final class RaftElection implements Election {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final int CONFIRM_MILLIS = 500;

    private final MemberParts parts;
    private final Function<String, Optional<Peer>> others;
    private final Supplier<Optional<DivisionInfo>> info;
    private final Supplier<RaftCalls> calls;
    private final BooleanSupplier mayLead;
    private final Listener listener;
    private final Teller told = new Teller();
    private volatile boolean leading;
    private volatile boolean closed;

    /**
     * @param info of this member's part of Ratis; empty while it has not started
     * @param mayLead false: this member must not be elected now
     */
    RaftElection(MemberParts parts, Function<String, Optional<Peer>> others, Supplier<Optional<DivisionInfo>> info,
            Supplier<RaftCalls> calls, BooleanSupplier mayLead, Listener listener) {
        this.parts = parts;
        this.others = others;
        this.info = info;
        this.calls = calls;
        this.mayLead = mayLead;
        this.listener = listener;
    }

    /** Runs something after what follows from elections so far. Returns at once. */
    void after(Runnable task) {
        if (!closed) {
            told.tell(task);
        }
    }

    void changed() {
        if (!closed) {
            told.tell(this::look);
        }
    }

    private void look() {
        Optional<DivisionInfo> now = info.get();
        boolean ready = now.filter(DivisionInfo::isLeaderReady).isPresent();
        if (ready && !leading && mayLead.getAsBoolean()) {
            leading = true;
            listener.won(epoch());
        } else if (ready && !leading) {
            LOG.info("was elected and must not lead; hands over if it can");
            able().ifPresent(calls.get()::transfer);
        } else if (leading && now.filter(DivisionInfo::isLeader).isEmpty()) {
            leading = false;
            listener.lost(leader().filter(l -> !l.equals(parts.name())).map(l -> l + " was elected")
                    .orElse("it lost the majority"));
        }
    }

    /** Looks again, if this member was elected and does not act yet: what kept it from that may be over. */
    void lookAgain() {
        if (!leading && info.get().filter(DivisionInfo::isLeaderReady).isPresent()) {
            changed();
        }
    }

    /** Another member that could lead. */
    private Optional<String> able() {
        return parts.spec().vantages().stream().filter(m -> !m.equals(parts.name()))
                .filter(m -> others.apply(m).flatMap(Peer::beat).filter(Beat::able).isPresent())
                .findFirst();
    }

    @Override
    public boolean leads() {
        return leading && info.get().filter(DivisionInfo::isLeaderReady).isPresent();
    }

    /** A read that is linearizable: at once while the lease of the leader is good, otherwise by asking a majority. */
    @Override
    public boolean confirms() {
        if (!leads()) {
            return false;
        }
        try {
            calls.get().read().get(CONFIRM_MILLIS, TimeUnit.MILLISECONDS);
            return leads();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("this controller is not confirmed as the leader", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public long epoch() {
        return info.get().map(DivisionInfo::getCurrentTerm).orElse(0L) + ClusterNotes.offset(parts.host().state());
    }

    @Override
    public void outgrow(long epoch) {
        long offset = ClusterNotes.offset(parts.host().state()) + epoch - epoch() + 1;
        if (confirms()) {
            LOG.info("a router knows epoch {}, of an earlier cluster; from now on epochs are higher", epoch);
            parts.host().record(ClusterNotes.offset(offset));
        }
    }

    @Override
    public Optional<String> leader() {
        return info.get().map(DivisionInfo::getLeaderId).map(RaftPeerId::toString);
    }

    @Override
    public Optional<String> trouble() {
        return leader().isPresent()
                ? Optional.empty()
                : Optional.of("no majority of the controllers has elected one; at least "
                        + (parts.spec().members().size() / 2 + 1) + " of " + parts.spec().members().size()
                        + " must reach each other");
    }

    @Override
    public void resign(String successor) {
        Optional<String> to = parts.spec().member(successor).isPresent() ? Optional.of(successor) : able();
        to.ifPresent(calls.get()::transfer);
        look();
    }

    @Override
    public void close() {
        closed = true;
        leading = false;
        told.close();
    }
}
