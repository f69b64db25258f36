package net.reroute.cluster.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.MemberTrust;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.link.Tls;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
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
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
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
public final class RaftConsensus implements Consensus, Election {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final int TRANSFER_MILLIS = 3000;
    private static final int CONFIRM_MILLIS = 500;
    private static final long BETWEEN_TRIES = TimeUnit.SECONDS.toNanos(1);
    /** Written where a cluster begins: its log begins there, too. */
    public static final String FOUNDER = "founder";

    private final MemberParts parts;
    private final Follower follower;
    private final BooleanSupplier mayLead;
    private final Listener listener;
    private final Function<String, Optional<Peer>> others;
    private final RaftGroupId group;
    private final RaftPeerId self;
    private final RaftServer server;
    private final RaftStore store;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private final ExecutorService told = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("election").factory());
    private volatile boolean leading;
    private volatile boolean closed;
    private volatile long configured = System.nanoTime();

    public RaftConsensus(Listener listener, Function<String, Optional<Peer>> peers, MemberParts parts,
            Identity identity, Follower follower, BooleanSupplier mayLead,
            MemberTrust trust) throws IOException {
        this.others = peers;
        this.parts = parts;
        this.follower = follower;
        this.mayLead = mayLead;
        this.listener = listener;
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
                        () -> parts.journal().replica().flush(), this::changed))
                .build();
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
        return call(request(RaftClientRequest.writeRequestType(), entry)).thenApply(r -> null);
    }

    private RaftClientRequest request(RaftClientRequest.Type type, Message message) {
        return RaftClientRequest.newBuilder().setClientId(client).setServerId(self).setGroupId(group)
                .setCallId(calls.incrementAndGet()).setMessage(message).setType(type).build();
    }

    private CompletableFuture<RaftClientReply> call(RaftClientRequest request) {
        try {
            return server.submitClientRequestAsync(request).thenApply(RaftConsensus::good);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static RaftClientReply good(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new CompletionException(reply.getException());
        }
        return reply;
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
        }, told);
    }

    /** The position in the log up to which rows are in the journal here. */
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
        told.execute(this::reconfigure);
    }

    @Override
    public void follow() {
        store.follow();
    }

    // ---- who leads --------------------------------------------------------------------------------------------------

    private void changed() {
        if (!closed) {
            told.execute(this::look);
        }
    }

    private void look() {
        Optional<DivisionInfo> info = info();
        boolean now = info.filter(DivisionInfo::isLeaderReady).isPresent();
        if (now && !leading) {
            leading = true;
            if (mayLead.getAsBoolean()) {
                listener.won(epoch());
            } else {
                LOG.info("was elected and must not lead; hands over");
                parts.spec().members().values().stream().filter(m -> !m.witness() && !m.name().equals(parts.name()))
                        .filter(m -> others.apply(m.name()).flatMap(Peer::beat).filter(Beat::able).isPresent())
                        .findFirst().ifPresent(m -> transfer(m.name()));
            }
        } else if (leading && info.filter(DivisionInfo::isLeader).isEmpty()) {
            leading = false;
            listener.lost(leader().map(l -> l + " was elected").orElse("it lost the majority"));
        }
    }

    @Override
    public Election election() {
        return this;
    }

    @Override
    public boolean leads() {
        return leading && info().filter(DivisionInfo::isLeaderReady).isPresent();
    }

    /** A read that is linearizable: at once while the lease of the leader is good, otherwise by asking a majority. */
    @Override
    public boolean confirms() {
        if (!leads()) {
            return false;
        }
        try {
            call(request(RaftClientRequest.readRequestType(), Message.EMPTY)).get(CONFIRM_MILLIS,
                    TimeUnit.MILLISECONDS);
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
        return info().map(DivisionInfo::getCurrentTerm).orElse(0L) + ClusterNotes.offset(parts.host().state());
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
        return info().map(DivisionInfo::getLeaderId).map(RaftPeerId::toString);
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
        transfer(successor);
        look();
    }

    private void transfer(String to) {
        try {
            RaftClientReply reply = server.transferLeadership(new TransferLeadershipRequest(client, self, group,
                    calls.incrementAndGet(), RaftPeerId.valueOf(to), TRANSFER_MILLIS));
            if (!reply.isSuccess()) {
                LOG.warn("{} does not take the lead: {}", to, reply.getException().getMessage());
            }
        } catch (IOException e) {
            LOG.warn("{} does not take the lead: {}", to, e.getMessage());
        }
    }

    @Override
    public void hurry() {
        // the new leader is told by the old one, in Raft's own way
    }

    // ---- members ----------------------------------------------------------------------------------------------------

    @Override
    public void add(Member member) {
        told.execute(this::reconfigure);
    }

    @Override
    public void remove(Member member) throws RequestRefusedException {
        List<RaftPeer> rest = peers().stream().filter(p -> !p.getId().toString().equals(member.name())).toList();
        try {
            configure(rest);
        } catch (IOException e) {
            throw new RequestRefusedException(member.name() + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private List<RaftPeer> peers() {
        try {
            return List.copyOf(server.getDivision(group).getRaftConf().getCurrentPeers());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Lets a member vote that has joined. */
    public void reconfigure() {
        if (!leads()) {
            return;
        }
        missing().ifPresent(member -> {
            List<RaftPeer> wanted = new ArrayList<>(peers());
            wanted.add(RaftSettings.peer(member));
            try {
                configure(wanted);
                LOG.info("{} votes from now on", member.name());
            } catch (IOException e) {
                LOG.warn("{} joined and does not vote yet: {}; it is tried again", member.name(), e.getMessage());
            }
        });
    }

    /** A member that has joined and is ready, and does not vote yet. One is added after the other. */
    private Optional<Member> missing() {
        List<String> now = peers().stream().map(p -> p.getId().toString()).toList();
        return ClusterNotes.members(parts.host().state()).keySet().stream().filter(name -> !now.contains(name))
                .filter(name -> others.apply(name).flatMap(Peer::beat).filter(Beat::started).isPresent())
                .flatMap(name -> parts.spec().member(name).stream()).findFirst();
    }

    private void configure(List<RaftPeer> peers) throws IOException {
        RaftClientReply reply = server.setConfiguration(new SetConfigurationRequest(client, self, group,
                calls.incrementAndGet(), SetConfigurationRequest.Arguments.newBuilder().setServersInNewConf(peers)
                        .setMode(SetConfigurationRequest.Mode.SET_UNCONDITIONALLY).build()));
        if (!reply.isSuccess()) {
            throw new IOException(reply.getException().getMessage(), reply.getException());
        }
    }

    @Override
    public void heard() {
        long now = System.nanoTime();
        if (leading && !closed && now - configured > BETWEEN_TRIES && missing().isPresent()) {
            configured = now;
            told.execute(this::reconfigure);
        }
    }

    @Override
    public boolean isUpToDate(String member, Duration within) {
        return true; // Raft waits for that itself before it hands over
    }

    @Override
    public Optional<String> trouble(String member) {
        boolean votes = peers().stream().anyMatch(p -> p.getId().toString().equals(member));
        return votes || !leading ? Optional.empty() : Optional.of("does not vote yet");
    }

    @Override
    public boolean isBehind() {
        return false; // who is behind a majority is not elected
    }

    @Override
    public void close() {
        closed = true;
        leading = false;
        store.close();
        told.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("the log of the controllers does not close", e);
        }
    }
}
