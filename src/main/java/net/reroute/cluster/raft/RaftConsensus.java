package net.reroute.cluster.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.MemberTrust;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.link.Tls;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.RecordedState;
import net.reroute.core.RequestRefusedException;
import net.reroute.journal.ChainedRow;
import net.reroute.journal.RecordStore;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three to five members, or two without a Linux router: Raft (Ongaro and Ousterhout, USENIX ATC 2014) by Apache Ratis.
 * What it replicates are the rows of the journal.
 */
public final class RaftConsensus implements Consensus {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final long BETWEEN_TRIES = TimeUnit.SECONDS.toNanos(1);
    /** Written where a cluster begins: its log begins there, too. */
    public static final String FOUNDER = "founder";

    private final MemberParts parts;
    private final Follower follower;
    private final RaftElection election;
    private final Function<String, Optional<Peer>> others;
    private final RaftGroupId group;
    private final RaftPeerId self;
    private final RaftServer server;
    private final RaftStore store;
    private volatile RaftCalls calls;
    private final RaftVoters voters;
    private volatile boolean closed;
    private volatile long looked = System.nanoTime();
    private volatile long configured = System.nanoTime();

    public RaftConsensus(Election.Listener listener, Function<String, Optional<Peer>> peers, MemberParts parts,
            Identity identity, Follower follower, BooleanSupplier mayLead,
            MemberTrust trust) throws IOException {
        this.others = peers;
        this.parts = parts;
        this.follower = follower;
        this.election = new RaftElection(parts, peers, this::info, this::calls, mayLead, listener);
        this.group = RaftSettings.group(identity.cluster());
        this.self = RaftPeerId.valueOf(parts.name());
        this.store = new RaftStore(this::propose);
        Path folder = parts.state().resolve("cluster").resolve("raft");
        Files.createDirectories(folder);
        Member own = parts.own();
        boolean fresh = isEmpty(folder);
        boolean founder = Files.exists(parts.state().resolve("cluster").resolve(FOUNDER));
        this.server = RaftServer.newBuilder().setServerId(self)
                .setGroup(RaftGroup.valueOf(group,
                        fresh && founder ? List.of(RaftSettings.peer(own)) : List.of()))
                .setOption(fresh ? RaftStorage.StartupOption.FORMAT : RaftStorage.StartupOption.RECOVER)
                .setProperties(RaftSettings.of(folder, own)).setParameters(RaftSettings.tls(Tls.keys(identity), trust))
                .setStateMachine(new RaftRows(folder, this::apply, this::fetch,
                        () -> parts.journal().replica().flush(), election::changed))
                .build();
        this.calls = new RaftCalls(server, group, self);
        this.voters = new RaftVoters(server, group, calls, parts, peers);
        server.start();
        Files.deleteIfExists(parts.state().resolve("cluster").resolve(FOUNDER));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private Optional<DivisionInfo> info() {
        try {
            return Optional.of(server.getDivision(group).getInfo());
        } catch (IOException e) {
            return Optional.empty(); // not started yet, or closed
        }
    }

    // ---- rows -------------------------------------------------------------------------------------------------------

    private CompletableFuture<Void> propose(Message entry) {
        return calls.write(entry).thenApply(r -> null);
    }

    private CompletableFuture<Message> apply(TermIndex at, List<ChainedRow> rows) {
        return follower.apply(rows, store.isOwn(rows)).thenApply(done -> Message.EMPTY);
    }

    private CompletableFuture<TermIndex> fetch(String leader, TermIndex first) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                MemberClient from = others.apply(leader).orElseThrow(() -> new IOException(leader + " leads, and is not"
                        + " in the inventory here")).client();
                String[] at = from.ask("/applied", Messages.empty(), Duration.ofSeconds(2))
                        .path("applied").asText().split(" ");
                follower.fetch(from);
                return TermIndex.valueOf(Long.parseLong(at[0]), Long.parseLong(at[1]));
            } catch (IOException | RuntimeException e) {
                throw new CompletionException(e);
            }
        });
    }

    @Override
    public String applied() throws IOException {
        TermIndex at = server.getDivision(group).getStateMachine().getLastAppliedTermIndex();
        return at.getTerm() + " " + at.getIndex();
    }

    @Override
    public RecordStore store() {
        return store;
    }

    @Override
    public void lead(RecordedState state) {
        store.lead(follower.head(), state);
        election.after(voters::complete);
    }

    @Override
    public void follow() {
        store.follow();
    }

    // ---- who leads --------------------------------------------------------------------------------------------------

    @Override
    public Election election() {
        return election;
    }

    private RaftCalls calls() {
        return calls;
    }

    @Override
    public void hurry() {
        // the new leader is told by the old one, in Raft's own way
    }

    // ---- members ----------------------------------------------------------------------------------------------------

    @Override
    public void add(Member member) {
        election.after(voters::complete);
    }

    @Override
    public void remove(String member) throws RequestRefusedException {
        voters.remove(member);
    }

    @Override
    public void heard() {
        long now = System.nanoTime();
        if (!closed && now - looked > BETWEEN_TRIES) {
            looked = now;
            election.lookAgain();
        }
        if (!closed && election.leads() && now - configured > BETWEEN_TRIES && voters.missing().isPresent()) {
            configured = now;
            election.after(voters::complete);
        }
    }

    @Override
    public boolean isUpToDate(String member, Duration within) {
        return true; // Raft waits for that itself before it hands over
    }

    @Override
    public Optional<String> trouble(String member) {
        return voters.has(member) || !election.leads() ? Optional.empty() : Optional.of("does not vote yet");
    }

    @Override
    public boolean isBehind() {
        return false; // who is behind a majority is not elected
    }

    @Override
    public void close() {
        closed = true;
        store.close();
        election.close();
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("the log of the controllers does not close", e);
        }
    }
}
