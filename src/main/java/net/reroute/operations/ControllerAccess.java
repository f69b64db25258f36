package net.reroute.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.control.Controller;
import net.reroute.control.OperatorCommands;
import net.reroute.core.Actor;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.notify.Outbox;
import net.reroute.playbook.PlaybookRunner;
import net.reroute.redirect.tcp.SwitchReport;

/** What operations need: the running daemon from inside, or what a process builds for one command. */
public interface ControllerAccess {

    /** A controller for the duration of an operation. */
    interface ControllerSession extends AutoCloseable {

        Controller controller();

        /** What an admin can request of this controller. */
        default OperatorCommands byHand() {
            return new OperatorCommands(controller());
        }

        PlaybookRunner playbooks();

        @Override
        void close();
    }

    /**
     * What an operation needs a controller for.
     *
     * @param services names of the services concerned; empty: all, or none if {@code act}
     * @param act true: something is to be changed
     * @param hold true: the inventory must not change meanwhile
     * @param brief true: an answer within 3 s with what is known by then is better than a complete one later
     */
    record Need(Set<String> services, boolean act, boolean hold, boolean brief) {

        static Need of(Set<String> services, boolean act) {
            return new Need(services, act, act, false);
        }

        static Need toLook() {
            return of(Set.of(), false);
        }

        static Need atAGlance() {
            return new Need(Set.of(), false, false, true);
        }
    }

    /** True inside the daemon. */
    boolean isDaemon();

    /** True if the caller is the dedicated account that the daemon runs as. Never true for root, which people use. */
    boolean runsAs(Actor caller);

    /** The home folder, with inventory and playbooks. */
    Path home();

    /** The inventory in force; without a daemon it is read from the files. */
    Inventory inventory() throws BadInventoryException;

    /** Opens a session. Without a daemon this runs the checks first, and may take seconds. */
    ControllerSession open(Need need) throws RequestRefusedException, BadInventoryException, IOException;

    /** Opens the journal for reading; the caller closes it. */
    JournalReader journal() throws IOException;

    /** Why the newest records cannot be written yet; empty if they can. */
    Optional<String> unwritten();

    /** The newest rows of the history, newest first; some may be missing. Never waits for a disk. */
    List<JournalRow> recent();

    /** Why the page is not served although it should be; empty if it is. */
    Optional<String> pageTrouble();

    /** The next start of each playbook that has a schedule, by name. */
    default Map<String, Instant> scheduled() {
        return Map.of();
    }

    /** When a playbook's schedule starts it next; empty if it does not. */
    Optional<Instant> next(Playbook playbook);

    /**
     * Why the other controller of the same network objects to this one acting; empty if it does not.
     *
     * @param force true: act even if the other controller cannot be asked
     */
    Optional<String> peerObjection(boolean force) throws BadInventoryException;

    /** What the TCP switches of this process do, by name. */
    Map<String, SwitchReport> switches();

    /** The folder of drill reports. */
    Path drills();

    /** The playbooks that are running, for people. */
    List<String> underWay();

    /** What each notification channel has not delivered yet. */
    List<Outbox.ChannelReport> outbox();

    /** The last reload, if it was refused: then the inventory in force is older than the files. */
    Optional<RefusedReload> refusedReload();

    /** What is wrong with the log; empty if nothing is. */
    Optional<String> logTrouble();

    /** What status tells of several controllers; empty if this one is alone. */
    default Optional<ClusterStatus> clusterStatus() {
        return Optional.empty();
    }

    /** Commands about several controllers. */
    ClusterOperations cluster();

    /** The time by which intents expire: a clock that only goes forward. */
    Instant now();

    /** Puts the inventory of the files in force. Returns what it changes, one line each. */
    List<String> reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException;
}
