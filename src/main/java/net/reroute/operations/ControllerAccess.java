package net.reroute.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
import net.reroute.notify.Outbox;
import net.reroute.playbook.PlaybookRunner;

/** What operations work with: the running daemon from inside, or what a process puts together for one command. */
public interface ControllerAccess {

    /** A controller for the time of an operation. */
    interface Session extends AutoCloseable {

        Controller controller();

        default OperatorCommands byHand() {
            return new OperatorCommands(controller());
        }

        PlaybookRunner playbooks();

        @Override
        void close();
    }

    /**
     * Why a controller is wanted.
     *
     * @param services the services concerned; empty = all
     * @param act whether anything is to be changed
     * @param hold whether the inventory has to stay the same meanwhile
     * @param brief whether an answer within 3 s, with what is known by then, is better than all of it later
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

    /** True if a caller is the account of its own that the daemon runs as; root is people's. */
    boolean runsAs(Actor caller);

    Path home();

    Inventory inventory() throws BadInventoryException;

    Session open(Need need) throws RequestRefusedException, BadInventoryException, IOException;

    JournalReader journal() throws IOException;

    /** Why the newest records cannot be written yet; empty if they are. */
    Optional<String> unwritten();

    /** When a playbook with a schedule starts next; empty if it does not. */
    Optional<Instant> next(Playbook playbook);

    /**
     * Why this controller must not begin to act, as the other controller of the same network says; empty if it may.
     *
     * @param force begin even if the other cannot be asked
     */
    Optional<String> peerObjection(boolean force) throws BadInventoryException;

    /** The folder of the drills' reports. */
    Path drills();

    /** Playbooks under way, in words. */
    List<String> underWay();

    /** What the notification channels still have to send. */
    List<Outbox.Report> outbox();

    /** The last reload, if it was refused: the inventory in force is older than the files. */
    Optional<RefusedReload> refusedReload();

    /** What is wrong with the log; empty if it flows. */
    Optional<String> logTrouble();

    /** By the clock that intents end by, which only goes forward. */
    Instant now();

    /** Takes a new inventory. Returns what it changes, a line each. */
    List<String> reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException;
}
