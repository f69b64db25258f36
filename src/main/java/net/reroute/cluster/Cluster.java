package net.reroute.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import net.reroute.cluster.lease.LeaseConsensus;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.MemberServer;
import net.reroute.cluster.link.MemberTrust;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.link.Tls;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterHost;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.cluster.raft.RaftConsensus;
import net.reroute.core.Actor;
import net.reroute.core.ClusterRemarks.LeaderElected;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Login;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Target;
import net.reroute.journal.Head;
import net.reroute.journal.RecordStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This controller as one of several: it exchanges beats with the others, takes part in the election, leads or follows. */
public final class Cluster implements AutoCloseable, Election.Listener {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int SECONDS = 5;
    private static final int NOT_LEADER = 421;
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(1);

    private final MemberParts parts;
    private final Identity identity;
    private final Leadership leadership;
    private final Member own;
    private final Follower follower;
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final MemberServer server;
    private volatile Consensus consensus;
    private final Sights sights;
    /** The leader has resigned in favour of this member. */
    private volatile boolean handedOver;
    private volatile Instant since = Instant.now();

    private Cluster(MemberParts parts, Leadership leadership, Identity identity) throws IOException {
        this.parts = parts;
        this.identity = identity;
        this.leadership = leadership;
        this.own = parts.own();
        this.follower = new Follower(parts.state(), parts.journal(), parts.host(), parts.spec().byLease(),
                this::parted);
        follower.lead(false, ClusterNotes.lastEpoch(parts.host().state()));
        this.server = MemberServer.start(own, Tls.of(identity, trust(identity, Optional.empty())),
                new MemberDesk(this, parts, identity));
        try {
            for (Member member : parts.spec().members().values()) {
                if (!member.name().equals(own.name())) {
                    peers.put(member.name(),
                            new Peer(
                                    new MemberClient(member,
                                            Tls.of(identity, trust(identity, Optional.of(member.name())))),
                                    this::beat, this::hears));
                }
            }
            this.consensus = parts.spec().byLease()
                    ? new LeaseConsensus(parts, identity.cluster(), lease(), this::mayLead, this, peers::values)
                    : new RaftConsensus(this, this::peer, parts, identity, follower, this::mayLead,
                            trust(identity, Optional.empty()));
            this.sights = new Sights(this);
            leadership.by(identity.cluster(), consensus.election());
        } catch (IOException | RuntimeException e) {
            close(e);
            throw e;
        }
    }

    private Map<String, Login> lease() {
        Map<String, Login> logins = new LinkedHashMap<>();
        parts.spec().lease().forEach(r -> logins.put(r, parts.routers().get(r).login()));
        return logins;
    }

    private void close(Exception why) {
        LOG.debug("the cluster is not entered", why);
        peers.values().forEach(Peer::close);
        server.close();
    }

    private MemberTrust trust(Identity identity, Optional<String> expected) {
        return new MemberTrust(identity.authority(), expected,
                (name, fingerprint) -> ClusterNotes.mayBe(parts.host().state(), name, fingerprint));
    }

    /**
     * Enters the cluster that this controller belongs to. Returns at once; who leads shows later.
     *
     * @return empty if it belongs to none yet
     * @throws IOException if its certificate cannot be used, or it cannot listen
     */
    public static Optional<Cluster> enter(MemberParts parts, Leadership leadership) throws IOException {
        Optional<Identity> identity = Identity.load(parts.state());
        return identity.isEmpty() ? Optional.empty() : Optional.of(new Cluster(parts, leadership, identity.get()));
    }

    // ---- who leads --------------------------------------------------------------------------------------------------

    /** A member with fewer records leaves it to the one with more, unless that one cannot lead. */
    private boolean mayLead() {
        if (own.witness() || !follower.unknown().isEmpty()) {
            return false;
        }
        long epoch = ClusterNotes.lastEpoch(parts.host().state());
        long head = follower.head().id();
        return peers.values().stream().flatMap(p -> p.beat().stream())
                .noneMatch(b -> b.able() && (b.lastEpoch() > epoch || b.lastEpoch() == epoch && id(b) > head));
    }

    private static long id(Beat beat) {
        try {
            return Head.parse(beat.head()).id();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private Beat beat() {
        ClusterHost.Standing standing = parts.host().standing();
        List<String> unknown = follower.unknown();
        return new Beat(own.name(), standing.version(), election().filter(Election::leads).map(e -> own.name()),
                election().map(Election::epoch).orElse(0L), ClusterNotes.lastEpoch(parts.host().state()),
                follower.head().toString(), consensus != null,
                !own.witness() && unknown.isEmpty() && election().filter(e -> e.trouble().isEmpty()).isPresent(),
                standing.inventory(), standing.counts(), unknown);
    }

    private Optional<Election> election() {
        return Optional.ofNullable(consensus).map(Consensus::election); // a peer may ask while this member still enters
    }

    private void hears(Beat beat, boolean first) {
        if (first) {
            LOG.info("{} answers (version {})", beat.name(), beat.version());
        }
        Optional.ofNullable(consensus).ifPresent(Consensus::heard);
    }

    /** A check of this member has turned a server. Returns at once. */
    public void changed(Target target, Settled settled, String said) {
        if (!own.witness()) {
            sights.changed(target, settled, said);
        }
    }

    /** Takes down what a member sees. Only at the leader. */
    void saw(String member, List<Sights.Change> changes) throws MemberException {
        if (!leadership.leads()) {
            throw new MemberException(NOT_LEADER, "this member does not lead");
        }
        parts.host().record(changes.stream().map(c -> c.by(member)).toArray(Record[]::new));
    }

    /** True if what a member sees counts now: it is heard, is not cut off, and has looked. */
    public boolean counts(String member) {
        return member.equals(own.name())
                ? parts.host().standing().counts()
                : peer(member).flatMap(Peer::beat).filter(Beat::counts).isPresent();
    }

    /** The members that look. */
    public List<String> vantages() {
        return parts.spec().members().values().stream().filter(m -> !m.witness()).map(Member::name).toList();
    }

    /** Rows do not follow from what is here: the leader's journal is taken. */
    private void parted() {
        Thread.ofPlatform().daemon().name("parted").start(() -> {
            try {
                Peer from = leader().flatMap(this::peer).orElseThrow(() -> new IOException("no other member leads"));
                follower.fetch(from.client());
            } catch (IOException e) {
                LOG.error("the journal here has parted from that of the others, and theirs cannot be taken: {}",
                        e.getMessage());
            }
        });
    }

    /** Up to where Raft's log is in the journal here. */
    String applied() throws IOException {
        return consensus instanceof RaftConsensus raft ? raft.applied() : "0 0";
    }

    /** The beat of another member, and this member's own. */
    Beat heard(String member, Beat beat) {
        Optional.ofNullable(peers.get(member)).ifPresent(p -> p.heard(beat));
        return beat();
    }

    /** A controller has joined. */
    void joined(Member member) {
        consensus.add(member);
    }

    Leadership leadership() {
        return leadership;
    }

    Follower follower() {
        return follower;
    }

    Optional<Peer> peer(String member) {
        return Optional.ofNullable(peers.get(member));
    }

    @Override
    public void won(long epoch) {
        long began = System.nanoTime();
        try {
            follower.lead(true, epoch);
            RecordedState state = parts.journal().replica().newestState().get(SECONDS, TimeUnit.SECONDS);
            String before = lastLeader(state);
            boolean behind = consensus.isBehind();
            consensus.lead(state);
            parts.host().won(state);
            parts.host().record(ClusterNotes.leads(own.name(), epoch, Instant.now()),
                    new LeaderElected(own.name(), epoch, why(before, behind)));
            String print = Identity.fingerprint(identity.certificate());
            if (!ClusterNotes.members(state).containsKey(own.name())
                    || !ClusterNotes.mayBe(state, own.name(), print)) {
                parts.host().record(ClusterNotes.joined(own.name(), print, Instant.now()));
            }
            since = Instant.now();
            handedOver = false;
            leadership.ready(true);
            parts.host().begin();
            LOG.info("leads after {} ms", (System.nanoTime() - began) / 1_000_000);
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("cannot lead: the journal cannot be read", e);
            consensus.election().resign("another member");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lastLeader(RecordedState state) {
        return ClusterNotes.lastLeader(state).orElse("");
    }

    private String why(String before, boolean behind) {
        List<String> parts = new ArrayList<>();
        if (!before.isEmpty() && !before.equals(own.name())) {
            parts.add(handedOver ? before + " handed over" : before + " did not renew its lease");
        }
        if (behind) {
            parts.add(
                    "records that " + before + " made while this member was away are not here; they come with " + before
                            + ", and what differs is set aside");
        }
        return String.join("; ", parts);
    }

    @Override
    public void lost(String why) {
        leadership.ready(false);
        consensus.follow();
        follower.lead(false, consensus.election().epoch());
        since = Instant.now();
        parts.host().lost(why);
    }

    /** Where records of a leader go. */
    public RecordStore store() {
        return consensus.store();
    }

    // ---- for commands -------------------------------------------------------------------------------------------------

    /** The member that leads; empty if none does, as far as is known here. */
    public Optional<String> leader() {
        Optional<String> elected = election().flatMap(Election::leader);
        if (elected.isPresent()) {
            return elected;
        }
        long epoch = election().map(Election::epoch).orElse(0L);
        return peers.values().stream().flatMap(p -> p.beat().stream())
                .filter(b -> b.leader().equals(Optional.of(b.name())) && b.epoch() >= epoch)
                .max(Comparator.comparingLong(Beat::epoch)).map(Beat::name);
    }

    /** The name of this member. */
    public String name() {
        return own.name();
    }

    /** Why nobody can lead at present; empty if somebody can. */
    public Optional<String> trouble() {
        return election().flatMap(Election::trouble);
    }

    /**
     * Has the leader run a command.
     *
     * @throws IOException if there is none, or it does not answer
     */
    public InputStream command(JsonNode request, Duration within) throws IOException {
        String leader = leader().orElseThrow(() -> new IOException("no controller leads"));
        Peer peer = peer(leader).orElseThrow(() -> new IOException(leader + " leads, and is not in the inventory"));
        return peer.client().open("/command", request, within);
    }

    /** Makes a token with which a controller of the inventory can join. Only for the leader. */
    public String invite(String name, Actor by) throws RequestRefusedException {
        return invitations(name).invite(name, by);
    }

    /** Ends a membership. Only for the leader. */
    public void remove(String name, Actor by) throws RequestRefusedException {
        if (name.equals(own.name())) {
            throw new RequestRefusedException(name + " leads; 'reroute cluster lead OTHER' first, and remove it there");
        }
        Invitations invitations = invitations(name);
        consensus.remove(parts.spec().members().get(name));
        invitations.remove(name, by);
    }

    private Invitations invitations(String name) throws RequestRefusedException {
        mustLead();
        if (parts.spec().member(name).isEmpty()) {
            throw new RequestRefusedException("no controller '" + name + "' in the section controllers:; there are "
                    + String.join(", ", parts.spec().members().keySet()));
        }
        return new Invitations(parts, identity);
    }

    private void mustLead() throws RequestRefusedException {
        if (!leadership.leads()) {
            throw new RequestRefusedException("no controller leads just now"
                    + trouble().map(t -> " (" + t + ")").orElse("") + "; nothing was changed");
        }
    }

    /** Lets another member lead. Only for the leader. */
    public void handOver(String to) throws RequestRefusedException {
        mustLead();
        Peer peer = peer(to).orElseThrow(() -> new RequestRefusedException(
                to.equals(own.name())
                        ? to + " leads already"
                        : "no controller '" + to + "'; there are "
                                + String.join(", ", parts.spec().members().keySet())));
        if (peer.client().member().witness()) {
            throw new RequestRefusedException(to + " is a witness, which never leads");
        }
        Beat beat = peer.beat().orElseThrow(() -> new RequestRefusedException(to + " does not answer ("
                + peer.trouble().orElse("silent") + "), so nothing was handed over"));
        if (!beat.able()) {
            throw new RequestRefusedException(to + " cannot lead: it cannot reach the routers that keep the lease, or"
                    + " is of an older version; nothing was handed over");
        }
        if (!consensus.isUpToDate(to, SHORT)) {
            throw new RequestRefusedException(to + " has not all records yet; nothing was handed over");
        }
        consensus.election().resign(to);
        try {
            peer.client().ask("/lead", Messages.empty(), SHORT);
        } catch (IOException e) {
            LOG.debug("{} is not told; it sees the free lease by itself", to, e);
        }
    }

    /** The leader has given the lead up for this member. */
    void lead() {
        handedOver = true;
        consensus.hurry();
        long end = System.nanoTime() + SHORT.toNanos();
        while (!leadership.leads() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    /** The members as this one sees them. */
    public ClusterReport report() {
        Optional<String> leader = leader();
        List<ClusterReport.MemberReport> all = parts.spec().members().values().stream().map(m -> report(m, leader))
                .toList();
        return new ClusterReport(own.name(), leader, consensus.election().epoch(), parts.spec().byLease(), trouble(),
                since,
                parts.spec().whenAlone(), all);
    }

    private ClusterReport.MemberReport report(Member member, Optional<String> leader) {
        boolean leads = leader.filter(member.name()::equals).isPresent();
        boolean joined = ClusterNotes.members(parts.host().state()).containsKey(member.name());
        Optional<Peer> peer = peer(member.name());
        Beat beat = peer.map(Peer::lastBeat).orElseGet(() -> Optional.of(beat())).orElse(null);
        long head = follower.head().id();
        return new ClusterReport.MemberReport(member, leads, joined, beat == null ? "" : beat.version(),
                peer.map(Peer::silence).orElse(Optional.of(Duration.ZERO)),
                beat == null ? Optional.empty() : Optional.of(Math.max(0, head - id(beat))),
                beat == null || beat.inventory().equals(parts.host().standing().inventory()),
                beat == null ? List.of() : beat.unknown(),
                peer.flatMap(Peer::trouble).or(() -> consensus.trouble(member.name())));
    }

    @Override
    public void close() {
        sights.close();
        consensus.close();
        peers.values().forEach(Peer::close);
        server.close();
    }
}
