package net.reroute.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.member.MemberParts;
import net.reroute.core.ClusterRemarks.RecordsSetAside;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of this member that were set aside, until they stand in the history of all. Thread-safe. */
final class Asides {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration PATIENCE = Duration.ofMillis(750);

    private final MemberParts parts;
    private final Leadership leadership;
    private final AtomicBoolean telling = new AtomicBoolean();
    private final Supplier<Optional<Peers>> peers;
    private final Queue<String> untold = new ConcurrentLinkedQueue<>();

    Asides(MemberParts parts, Leadership leadership, Supplier<Optional<Peers>> peers) {
        this.leadership = leadership;
        this.parts = parts;
        this.peers = peers;
    }

    /** @param what was set aside and why, one clause about this member */
    void add(String what) {
        LOG.warn("{} {}", parts.name(), what);
        untold.add(what);
    }

    /** Has the leader record it. Returns at once. */
    void tell(Optional<String> leader) {
        if (leader.isPresent() && !untold.isEmpty() && telling.compareAndSet(false, true)) {
            Thread.ofVirtual().start(() -> {
                try {
                    tell(leader.get(), untold.peek());
                } finally {
                    telling.set(false);
                }
            });
        }
    }

    private void tell(String leader, String what) {
        try {
            if (!leader.equals(parts.name())) {
                peers.get().orElseThrow(() -> new IOException("this member still enters")).required(leader).client()
                        .ask("/aside", Messages.empty().put("what", what), PATIENCE);
            } else if (leadership.leads()) {
                parts.host().record(new RecordsSetAside(parts.name(), what));
            } else {
                return; // elected, and it does not record yet
            }
            untold.remove();
        } catch (IOException e) {
            LOG.debug("{} does not record what was set aside here; it is told again", leader, e);
        }
    }
}
