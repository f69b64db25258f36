package net.reroute.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.control.ByHand;
import net.reroute.control.Controller;
import net.reroute.core.Actor;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.JournalReader;
import net.reroute.notify.Outbox;
import net.reroute.playbook.Plays;

/** What commands work with: a running daemon from inside, or what a process of its own puts together for one command. */
public interface Office {

    /** A controller for the time of a command. */
    interface Session extends AutoCloseable {

        Controller controller();

        ByHand byHand();

        Plays plays();

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

        Need(Set<String> services, boolean act) {
            this(services, act, act, false);
        }

        static Need toLook() {
            return new Need(Set.of(), false);
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

    /** Why what happened last cannot be written down yet. */
    Optional<String> unwritten();

    /** When a playbook with a schedule starts next; empty if it does not. */
    Optional<Instant> next(Playbook playbook);

    /** The other controller of the same network, if there is one. */
    interface Peer {

        /** Why this one must not begin to act; empty if it may. */
        Optional<String> objection(boolean force) throws BadInventoryException;
    }

    Peer peer();

    /** Where reports of drills are kept. */
    Path drills();

    /** Playbooks under way, in words. */
    List<String> underWay();

    /** What people are still to be told, by channel. */
    List<Outbox.Report> outbox();

    /**
     * A reload that did not come about.
     *
     * @param why one line
     */
    record Refused(Instant at, String why) {}

    /** The last reload, if it was refused: what is in force is older than the files. */
    Optional<Refused> refusedReload();

    /** What is wrong with the log; empty if it flows. */
    Optional<String> logTrouble();

    /** By the clock that wishes end by, which only goes forward. */
    Instant now();

    /** Takes a new inventory. Returns what it changes, a line each. */
    List<String> reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * How to practise.
     *
     * @param kill server that dies; empty = the home of the first service
     * @param script file with steps in its place
     * @param keep stay when the story is over
     * @param json tell programs how to reach everything
     */
    record Practice(Optional<String> kill, Optional<Path> script, boolean keep, boolean json) {}

    /** Practises with the inventory. Returns the exit code. */
    int rehearse(Practice practice, Console console) throws RequestRefusedException, BadInventoryException, IOException;

    /** Runs the daemon until it is stopped; an error is a sentence. */
    Optional<String> daemon() throws RequestRefusedException, BadInventoryException, IOException;
}
