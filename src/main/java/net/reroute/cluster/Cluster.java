package net.reroute.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.cluster.lease.LeaseConsensus;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberServer;
import net.reroute.cluster.link.Tls;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.cluster.raft.RaftConsensus;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Login;
import net.reroute.journal.RecordStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This controller as one of several: it exchanges beats with the others, takes part in the election, leads or follows. */
public final class Cluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final MemberParts parts;
    private final Identity identity;
    private final Leadership leadership;
    private final Member own;
    private final Follower follower;
    private final Self self;
    private final Way way;
    private final Peers peers;
    private final LeaderCommands commands;
    private final ToLeader toLeader;
    private final MemberServer server;
    private volatile Consensus consensus;
    private final Sights sights;
    private final Reign reign;
    private final Votes votes;
    private final Asides asides;
    private final ActingAlone alone;

    private Cluster(MemberParts parts, Leadership leadership, Identity identity) throws IOException {
        this.parts = parts;
        this.identity = identity;
        this.leadership = leadership;
        this.own = parts.own();
        this.asides = new Asides(parts, leadership, this::peers);
        this.follower = new Follower(parts, parts.spec().byLease(), this::parted, this::rejoin, asides::add);
        follower.lead(false, ClusterNotes.lastEpoch(parts.host().state()));
        this.alone = new ActingAlone(parts, leadership, follower, asides, this::peers, () -> consensus,
                this::canLead);
        this.way = Way.of(parts);
        this.votes = new Votes(parts, this::peers, this::isFresh);
        this.self = new Self(parts, way, this::beats, Identity.fingerprint(identity.certificate()), follower,
                () -> consensus);
        this.peers = new Peers(parts, identity, self::beat, this::hears, this::asked);
        this.commands = new LeaderCommands(parts, leadership, peers, () -> consensus, identity);
        this.toLeader = new ToLeader(own.name(), peers, this::leader, leadership);
        this.sights = new Sights(parts, leadership, peers, this::leader);
        this.reign = new Reign(parts, leadership, identity, follower, way, sights, this::rejoin, () -> consensus);
        try {
            this.consensus = parts.spec().byLease()
                    ? new LeaseConsensus(parts, identity.cluster(), lease(), () -> self.mayLead(peers), reign,
                            peers::all)
                    : new RaftConsensus(reign, peers::of, parts, identity, follower,
                            () -> self.mayLeadByMajority(peers),
                            Peers.trust(parts, identity, Optional.empty()));
            leadership.by(identity.cluster(), alone);
            this.server = MemberServer.start(own, Tls.of(identity, Peers.trust(parts, identity, Optional.empty())),
                    new MemberDesk(parts, identity, leadership, follower, peers, sights, reign, self, consensus));
        } catch (IOException | RuntimeException e) {
            LOG.debug("the cluster is not entered", e);
            sights.close();
            peers.close();
            if (consensus != null) {
                consensus.close();
            }
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

    /** This controller is alone: what it may have kept for a return to others is of the past. */
    public static void forget(Path state) {
        ActingAlone.forget(state);
    }

    /** Lets elections have consequences. Called once, when all that they call on is there. */
    public void begin() {
        reign.begin();
    }

    /** Empty while this member still enters, when a peer may ask already. */
    private Optional<Peers> peers() {
        return Optional.ofNullable(peers);
    }

    private void asked() {
        if (reign != null) { // a peer may answer while this member still enters
            sights.gatherRest();
        }
        if (toLeader != null) {
            toLeader.look();
        }
        votes.count();
        alone.look();
        asides.tell(leader());
    }

    private boolean canLead() {
        return self != null && self.canLead();
    }

    private boolean isFresh(String member) {
        return sights != null && sights.isFresh(member); // a peer may answer while this member still enters
    }

    /** Another member leads. */
    private void rejoin() {
        if (alone != null) { // rows may come while this member still enters
            alone.end();
        }
    }

    private List<Beat> beats() {
        return peers().map(Peers::beats).orElse(List.of());
    }

    // ---- who leads --------------------------------------------------------------------------------------------------

    private Optional<Election> election() {
        return Optional.ofNullable(consensus).map(Consensus::election); // a peer may ask while this member still enters
    }

    private void hears(Beat beat, boolean first) {
        if (first) {
            LOG.info("{} answers (version {})", beat.name(), beat.version());
        }
        Optional.ofNullable(consensus).ifPresent(Consensus::heard);
    }

    /** What this member sees, on its way to the others. */
    public Sights sights() {
        return sights;
    }

    /** Whose sight of servers counts. */
    public Votes votes() {
        return votes;
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

    /** What an admin can have the leader do about the members. */
    public LeaderCommands commands() {
        return commands;
    }

    /** What this member asks of the leader. */
    public ToLeader toLeader() {
        return toLeader;
    }

    /** Where records of a leader go. */
    public RecordStore store() {
        return alone.acts() ? parts.journal() : consensus.store();
    }

    // ---- for commands -------------------------------------------------------------------------------------------------

    /** The member that leads; empty if none does. */
    public Optional<String> leader() {
        return election().flatMap(Election::leader)
                .or(() -> peers().flatMap(p -> p.leader(election().map(Election::epoch).orElse(0L))));
    }

    /** The name of this member. */
    public String name() {
        return own.name();
    }

    /** Why nobody can lead at present; empty if somebody can. */
    public Optional<String> trouble() {
        return election().flatMap(Election::trouble).or(() -> leader().isPresent()
                ? Optional.empty()
                : way.trouble(beats()));
    }

    /** The members as this one sees them. */
    public ClusterReport report() {
        Optional<String> leader = leader();
        return new ClusterReport(own.name(), leader, consensus.election().epoch(), parts.spec().byLease(), trouble(),
                alone.acts(), reign.since(), parts.spec().whenAlone(),
                peers.reports(leader, self.beat(), consensus::trouble));
    }

    @Override
    public void close() {
        sights.close();
        alone.close();
        consensus.close();
        peers.close();
        server.close();
    }
}
