package net.reroute.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final Supplier<Optional<Peers>> peers;
    private final Queue<String> untold = new ConcurrentLinkedQueue<>();

    Asides(MemberParts parts, Supplier<Optional<Peers>> peers) {
        this.parts = parts;
        this.peers = peers;
    }

    /** @param what was set aside and why, one clause about this member */
    void add(String what) {
        LOG.warn("{} {}", parts.name(), what);
        untold.add(what);
    }

    /** Has the leader record it. */
    synchronized void tell(Optional<String> leader) {
        String next = untold.peek();
        if (next == null || leader.isEmpty()) {
            return;
        }
        try {
            if (leader.get().equals(parts.name())) {
                parts.host().record(new RecordsSetAside(parts.name(), next));
            } else {
                peers.get().flatMap(p -> p.of(leader.get()))
                        .orElseThrow(() -> new IOException(leader.get() + " is not in the inventory")).client()
                        .ask("/aside", Messages.empty().put("what", next), PATIENCE);
            }
            untold.remove();
        } catch (IOException e) {
            LOG.debug("{} does not record what was set aside here; it is told again", leader.get(), e);
        }
    }
}
