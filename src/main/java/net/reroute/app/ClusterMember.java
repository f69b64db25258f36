package net.reroute.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import net.reroute.api.Request;
import net.reroute.cluster.Cluster;
import net.reroute.cluster.Leadership;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Roster;
import net.reroute.control.AuditLog;
import net.reroute.core.ClusterSpec;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Inventory;
import net.reroute.core.RequestRefusedException;
import net.reroute.journal.Journal;
import net.reroute.operations.ClusterStatus;
import net.reroute.web.WebServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This daemon as a member of a cluster: what it does when it begins to lead, follows, or stops leading. */
final class ClusterMember implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final Paths paths;
    private final Journal journal;
    private final AuditLog audit;
    private final Leadership leadership;
    private volatile Duties duties;
    private volatile MemberHost host;
    private boolean witness;
    private volatile Optional<Cluster> cluster = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();
    private Optional<List<Object>> entered = Optional.empty();

    /** What the daemon does for its member. */
    interface Duties {

        ControllerRuntime runtime();

        /** This daemon begins to act: it goes on with what others began. */
        void takeUp();

        /** This daemon does not act any more. */
        void layDown();

        /** Carries out a request to the API of another member. */
        JsonNode api(JsonNode request) throws IOException;

        /** Runs a command of another member. */
        int run(Request request, String who, PrintStream out, PrintStream err);
    }

    ClusterMember(Paths paths, Journal journal, AuditLog audit, Leadership leadership) {
        this.paths = paths;
        this.journal = journal;
        this.audit = audit;
        this.leadership = leadership;
    }

    /** Before anything is checked: a member types nothing until it is elected. */
    void prepare(Inventory inventory) {
        if (inventory.settings().cluster().isCluster()) {
            audit.follow(audit.state());
            leadership.withhold();
        }
        witness = OwnName.isWitness(inventory.settings().cluster(), paths.member());
    }

    /** True if this daemon only votes and keeps the records: it looks at nothing and logs in nowhere. */
    boolean isWitness() {
        return witness;
    }

    /**
     * Enters the cluster of the inventory in force, if there is one and this controller has joined it. A controller that
     * is alone begins to act.
     */
    void enter(Duties with) {
        duties = with;
        host = new MemberHost(audit, with, () -> cluster.orElseThrow().store(), witness);
        WebServer.limit(); // the JDK's server is used here first
        if (duties.runtime().inventory().settings().cluster().isCluster()) {
            enter();
        } else {
            Cluster.forget(paths.state());
            duties.takeUp();
        }
    }

    /** Why an inventory cannot be taken while this daemon runs; empty if it can. */
    Optional<String> objection(Inventory next) {
        boolean alone = !duties.runtime().inventory().settings().cluster().isCluster();
        ClusterSpec spec = next.settings().cluster();
        if (alone == spec.isCluster()) { // who acts is settled before the first check
            return Optional.of("the section controllers: is " + (alone ? "new" : "gone")
                    + "; stop the daemon and start it anew, since it begins and ends only there");
        }
        try {
            return alone || OwnName.of(spec, paths.member()).witness() == witness
                    ? Optional.empty()
                    : Optional.of("'witness' of this controller has changed; stop the daemon and start it anew");
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Goes on with the controllers of the inventory in force. */
    synchronized void adopt() {
        if (entered.isPresent() && (cluster.isEmpty() || !entered.get().equals(membership()))) {
            leadership.withhold();
            cluster.ifPresent(Cluster::close);
            cluster = Optional.empty();
            audit.follow(audit.state());
            duties.layDown();
            LOG.info("the section controllers: has changed, so this controller enters the cluster anew");
            enter();
        }
    }

    /** What an election depends on. */
    private List<Object> membership() {
        Inventory inventory = duties.runtime().inventory();
        ClusterSpec spec = inventory.settings().cluster();
        return List.of(spec, spec.lease().stream().map(r -> inventory.routers().get(r).login()).toList());
    }

    /** Enters it, having just joined. */
    synchronized void enter() {
        Inventory inventory = duties.runtime().inventory();
        ClusterSpec spec = inventory.settings().cluster();
        if (!spec.isCluster() || cluster.isPresent()) {
            return;
        }
        try {
            entered = Optional.of(membership());
            Member self = OwnName.of(spec, paths.member());
            cluster = Cluster.enter(
                    new MemberParts(self.name(), spec, inventory.routers(), paths.state(), journal, host,
                            new Roster(spec, paths.state(), audit::state)),
                    leadership);
            cluster.ifPresent(c -> duties.runtime().monitor.compareWith(new ClusterVantages(c, audit::state)));
            cluster.ifPresent(Cluster::begin);
            trouble = cluster.isPresent()
                    ? Optional.empty()
                    : Optional.of("this controller has not joined the others: type 'reroute cluster init' at the first"
                            + " controller, or 'reroute cluster join' with an invitation");
        } catch (IOException | RuntimeException e) {
            LOG.debug("the cluster is not entered", e);
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
        trouble.ifPresent(why -> LOG.error("types nothing: {}", why));
    }

    /** True if this controller may act now. */
    boolean leads() {
        return leadership.leads();
    }

    Optional<Cluster> cluster() {
        return cluster;
    }

    /** Refuses what would change something while this member does not lead. */
    void mayAct() throws RequestRefusedException {
        if (!leadership.leads()) {
            String why = cluster.flatMap(c -> c.leader().filter(l -> !l.equals(c.name())).map(l -> l + " leads")
                    .or(c::trouble)).or(this::trouble).orElse("one is being elected");
            throw new RequestRefusedException(
                    "this controller does not lead (" + why + "); nothing was changed, try again there or in a moment");
        }
    }

    /** What status tells of the members; empty if this controller is alone. */
    Optional<ClusterStatus> status() {
        if (cluster.isPresent()) {
            return Optional.of(ClusterStatus.of(cluster.get().report(), audit.state()));
        }
        return trouble.map(t -> new ClusterStatus(Optional.empty(), Optional.of(t), List.of()));
    }

    /** Why this controller takes no part in the cluster of its inventory; empty if it does, or is alone. */
    Optional<String> trouble() {
        return trouble;
    }

    /** The health that all members agree on. */
    AgreedHealth agreed() {
        return host.agreed();
    }

    @Override
    public void close() {
        cluster.ifPresent(Cluster::close);
    }
}
