package net.reroute.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import net.reroute.cluster.member.Peer;

/** What a member asks of the one that leads. */
public final class ToLeader {

    /** Moves wait for objections and routers. */
    private static final Duration LONG = Duration.ofSeconds(100);

    /** Elections take less, on a busy machine as well. */
    private static final long ELECTION = TimeUnit.SECONDS.toNanos(2);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String self;
    private final Peers peers;
    private final Supplier<Optional<String>> leader;
    private final Leadership leadership;
    private volatile long ledAt = System.nanoTime();

    ToLeader(String self, Peers peers, Supplier<Optional<String>> leader, Leadership leadership) {
        this.self = self;
        this.peers = peers;
        this.leader = leader;
        this.leadership = leadership;
    }

    /** Looks whether somebody leads. Called often. */
    void look() {
        if (acting().isPresent()) {
            ledAt = System.nanoTime();
        }
    }

    /** Who would carry out a command now: a member that was elected does when it has all records. */
    private Optional<String> acting() {
        return leadership.leads() ? Optional.of(self) : leader.get().filter(l -> !l.equals(self));
    }

    /**
     * The member that carries out commands, which may be this one. While one is being elected, waits for it: 2 s after
     * the last one led it is no election any more but trouble, and the answer is that there is none.
     */
    public Optional<String> awaited() {
        Optional<String> acting = acting();
        while (acting.isEmpty() && System.nanoTime() - ledAt < ELECTION && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            acting = acting();
        }
        return acting;
    }

    /**
     * Has the leader run a command.
     *
     * @throws IOException if there is none, or it does not answer
     */
    public InputStream command(JsonNode request, Duration within) throws IOException {
        String name = acting().orElseThrow(() -> new IOException("no controller leads"));
        Peer peer = peers.of(name).orElseThrow(() -> new IOException(name + " leads, and is not in the inventory"));
        return peer.client().open("/command", request, within);
    }

    /**
     * Has the leader carry out a request to the API.
     *
     * @return its answer; empty if this member leads, or nobody does
     * @throws IOException if the leader does not answer
     */
    public Optional<JsonNode> api(JsonNode request) throws IOException {
        Optional<Peer> peer = awaited().flatMap(peers::of);
        return peer.isPresent() ? Optional.of(peer.get().client().ask("/api", request, LONG)) : Optional.empty();
    }
}
