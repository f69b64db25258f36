package net.reroute.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import net.reroute.cluster.member.Peer;

/** What a member asks of the one that leads. */
public final class ToLeader {

    /** Moves wait for objections and routers. */
    private static final Duration LONG = Duration.ofSeconds(100);

    private final Peers peers;
    private final Supplier<Optional<String>> leader;

    ToLeader(Peers peers, Supplier<Optional<String>> leader) {
        this.peers = peers;
        this.leader = leader;
    }

    /**
     * Has the leader run a command.
     *
     * @throws IOException if there is none, or it does not answer
     */
    public InputStream command(JsonNode request, Duration within) throws IOException {
        String name = leader.get().orElseThrow(() -> new IOException("no controller leads"));
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
        Optional<Peer> peer = leader.get().flatMap(peers::of);
        return peer.isPresent() ? Optional.of(peer.get().client().ask("/api", request, LONG)) : Optional.empty();
    }
}
