package net.reroute.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.reroute.cluster.ClusterReport.MemberReport;
import net.reroute.cluster.lease.LeaseConsensus;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.MemberServer;
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
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Login;
import net.reroute.core.Record;
import net.reroute.core.Target;
import net.reroute.journal.RecordStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This controller as one of several: it exchanges beats with the others, takes part in the election, leads or follows. */
public final class Cluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** Moves wait for objections and routers. */
    private static final Duration LONG = Duration.ofSeconds(100);
    private static final int NOT_LEADER = 421;
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(1);

    private final MemberParts parts;
    private final Identity identity;
    private final Leadership leadership;
    private final Member own;
    private final Follower follower;
    private final Peers peers;
    private final LeaderCommands commands;
    private final MemberServer server;
    private volatile Consensus consensus;
    private final Sights sights;
    private final Reign reign;

    private Cluster(MemberParts parts, Leadership leadership, Identity identity) throws IOException {
        this.parts = parts;
        this.identity = identity;
        this.leadership = leadership;
        this.own = parts.own();
        this.follower = new Follower(parts.state(), parts.journal(), parts.host(), parts.spec().byLease(),
                this::parted);
        follower.lead(false, ClusterNotes.lastEpoch(parts.host().state()));
        this.server = MemberServer.start(own, Tls.of(identity, Peers.trust(parts, identity, Optional.empty())),
                new MemberDesk(this, parts, identity));
        this.peers = new Peers(parts, identity, this::beat, this::hears);
        this.commands = new LeaderCommands(this, parts, identity);
        this.reign = new Reign(parts, leadership, identity, follower, () -> consensus);
        try {
            this.consensus = parts.spec().byLease()
                    ? new LeaseConsensus(parts, identity.cluster(), lease(), this::mayLead, reign, peers::all)
                    : new RaftConsensus(reign, peers::of, parts, identity, follower, this::canLead,
                            Peers.trust(parts, identity, Optional.empty()));
            this.sights = new Sights(this);
            leadership.by(identity.cluster(), consensus.election());
        } catch (IOException | RuntimeException e) {
            LOG.debug("the cluster is not entered", e);
            peers.close();
            server.close();
            throw e;
        }
    }

    private Map<String, Login> lease() {
        Map<String, Login> logins = new LinkedHashMap<>();
        parts.spec().lease().forEach(r -> logins.put(r, parts.routers().get(r).login()));
        return logins;
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

    /** Lets elections have consequences. Called once, when all that they call on is there. */
    public void begin() {
        reign.begin();
    }

    // ---- who leads --------------------------------------------------------------------------------------------------

    /** A member with fewer records leaves it to the one with more, unless that one cannot lead. */
    private boolean mayLead() {
        return canLead() && !peers.isAnyAhead(ClusterNotes.lastEpoch(parts.host().state()), follower.head().id());
    }

    private boolean canLead() {
        return !own.witness() && follower.unknown().isEmpty();
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
        return peers.counts(member);
    }

    /** The members that look. */
    public List<String> vantages() {
        return parts.spec().members().values().stream().filter(m -> !m.witness()).map(Member::name).toList();
    }

    /** Rows do not follow from what is here: the leader's journal is taken. */
    private void parted() {
        Thread.ofPlatform().daemon().name("parted").start(() -> {
            try {
                Peer from = leader().flatMap(peers::of).orElseThrow(() -> new IOException("no other member leads"));
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
        peers.of(member).ifPresent(p -> p.heard(beat));
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

    Peers peers() {
        return peers;
    }

    Consensus consensus() {
        return consensus;
    }

    /** What an admin can have the leader do about the members. */
    public LeaderCommands commands() {
        return commands;
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
        return peers.leader(election().map(Election::epoch).orElse(0L));
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
        Peer peer = peers.of(leader).orElseThrow(() -> new IOException(leader + " leads, and is not in the inventory"));
        return peer.client().open("/command", request, within);
    }

    /**
     * Has the leader carry out a request to the API.
     *
     * @return its answer; empty if this member leads, or nobody does
     * @throws IOException if the leader does not answer
     */
    public Optional<JsonNode> api(JsonNode request) throws IOException {
        Optional<Peer> leader = leader().flatMap(peers::of);
        return leader.isPresent() ? Optional.of(leader.get().client().ask("/api", request, LONG)) : Optional.empty();
    }

    /** The leader has given the lead up for this member. */
    void lead() {
        reign.handedOver();
        consensus.hurry();
        long end = System.nanoTime() + SHORT.toNanos();
        while (!leadership.leads() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    /** The members as this one sees them. */
    public ClusterReport report() {
        Optional<String> leader = leader();
        return new ClusterReport(own.name(), leader, consensus.election().epoch(), parts.spec().byLease(), trouble(),
                reign.since(), parts.spec().whenAlone(),
                parts.spec().members().values().stream().map(m -> report(m, leader)).toList());
    }

    private MemberReport report(Member member, Optional<String> leader) {
        Optional<Peer> peer = peers.of(member.name());
        Optional<Beat> beat = peer.isPresent() ? peer.flatMap(Peer::lastBeat) : Optional.of(beat());
        return new MemberReport(member, leader.filter(member.name()::equals).isPresent(),
                ClusterNotes.members(parts.host().state()).containsKey(member.name()),
                beat.map(Beat::version).orElse(""),
                peer.isPresent() ? peer.flatMap(Peer::silence) : Optional.of(Duration.ZERO),
                beat.map(b -> Math.max(0, follower.head().id() - b.newest())),
                beat.map(b -> b.inventory().equals(parts.host().standing().inventory())).orElse(true),
                beat.map(Beat::counts).orElse(false), beat.map(Beat::unknown).orElse(List.of()),
                peer.flatMap(Peer::trouble).or(() -> consensus.trouble(member.name())));
    }

    @Override
    public void close() {
        sights.close();
        consensus.close();
        peers.close();
        server.close();
    }
}
