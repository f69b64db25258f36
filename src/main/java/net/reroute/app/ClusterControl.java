package net.reroute.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import net.reroute.cluster.Cluster;
import net.reroute.cluster.ClusterReport;
import net.reroute.cluster.Membership;
import net.reroute.core.Actor;
import net.reroute.core.ClusterSpec;
import net.reroute.core.Endpoint;
import net.reroute.core.Inventory;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.ClusterOperations;

/**
 * Commands about the cluster, in the daemon or where none runs.
 *
 * @param member of the daemon; empty where none runs
 */
record ClusterControl(Paths paths, ControllerInventory inventory, Optional<ClusterMember> member)
        implements
            ClusterOperations {

    private static final int CONNECT_MILLIS = 1000;
    private static final Duration FOR_OTHERS = Duration.ofSeconds(5);

    /** The inventory in force. */
    interface ControllerInventory {
        Inventory get() throws BadInventoryException;
    }

    private ClusterSpec spec() throws RequestRefusedException, BadInventoryException {
        ClusterSpec spec = inventory.get().settings().cluster();
        if (!spec.isCluster()) {
            throw new RequestRefusedException("the inventory has no section controllers:, so this controller is alone;"
                    + " write there for instance: controllers: {c1: {address: 192.168.1.10}, c2: {address:"
                    + " 192.168.1.11}}, and start the daemon anew");
        }
        return spec;
    }

    private Cluster joined() throws RequestRefusedException, BadInventoryException {
        spec();
        return member.flatMap(ClusterMember::cluster).orElseThrow(() -> new RequestRefusedException(member
                .flatMap(ClusterMember::trouble).orElse("no daemon is running here; start it first")));
    }

    @Override
    public ClusterReport report() throws RequestRefusedException, BadInventoryException {
        return joined().report();
    }

    @Override
    public String init(Actor by) throws RequestRefusedException, BadInventoryException, IOException {
        ClusterSpec.Member self = OwnName.of(spec(), paths.member());
        for (ClusterSpec.Member other : spec().members().values()) {
            if (!other.equals(self) && isListening(other)) {
                throw new RequestRefusedException(
                        other.name() + " listens for members already: it belongs to a cluster;"
                                + " type 'reroute cluster invite " + self.name() + "' there, and join it here");
            }
        }
        alone(() -> Membership.found(paths.state(), self));
        return self.name();
    }

    @Override
    public String invite(String name, Actor by) throws RequestRefusedException, BadInventoryException {
        return joined().commands().invite(name, by);
    }

    @Override
    public String join(Endpoint at, String token) throws RequestRefusedException, BadInventoryException, IOException {
        String self = OwnName.of(spec(), paths.member()).name();
        return alone(() -> Membership.join(paths.state(), self, at, token));
    }

    /** Two first controllers would be two clusters, and both would act. */
    private static boolean isListening(ClusterSpec.Member other) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(other.address().inet(), other.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private interface Task {
        String run() throws RequestRefusedException, IOException;
    }

    /** Does something in the state folder, which the daemon has locked already, and enters the cluster. */
    private String alone(Task task) throws RequestRefusedException, IOException {
        if (member.flatMap(ClusterMember::cluster).isPresent()) {
            throw new RequestRefusedException(
                    "the daemon here belongs to a cluster; to leave that one for good, stop it, move"
                            + " the folder " + paths.state().resolve("cluster") + " away, and type this again");
        }
        StateLock lock = member.isPresent() ? null : StateLock.take(paths.state(), "a command", FOR_OTHERS);
        try {
            String done = task.run();
            member.ifPresent(ClusterMember::enter);
            Optional<String> trouble = member.flatMap(ClusterMember::trouble);
            if (trouble.isPresent()) {
                throw new RequestRefusedException(
                        "this controller is " + done + " of the cluster now, and cannot enter it: "
                                + trouble.get());
            }
            return done;
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    @Override
    public void remove(String name, Actor by) throws RequestRefusedException, BadInventoryException {
        joined().commands().remove(name, by);
    }

    @Override
    public void lead(String name) throws RequestRefusedException, BadInventoryException {
        joined().commands().handOver(name);
    }
}
