package net.reroute.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.core.Actor;
import net.reroute.core.RequestRefusedException;
import net.reroute.doctor.Finding;
import net.reroute.inventory.BadInventoryException;
import net.reroute.playbook.DrillBook;

/**
 * Everything that can be asked of reroute or told to it. Each operation returns a report, a plain value; ways in render it.
 *
 * <p>All of them throw {@link RequestRefusedException} when what was asked for is not done, with the reason and what to do;
 * {@link BadInventoryException} when the inventory cannot be read; {@link UnknownNameException} for a name that is not in
 * it; {@link IOException} when the journal or a file cannot be read.
 */
public interface Operations {

    // ---- looking: nothing is changed ------------------------------------------------------------------------------

    /** Where every service is, and why. */
    StatusReport status() throws RequestRefusedException, BadInventoryException, IOException;

    /** Why a service is where it is, or what a server's checks say. */
    Explanation explain(String prefixServiceOrServer)
            throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * What would be done now, and what time will do.
     *
     * @param ifDown server that is taken for DOWN
     */
    PlanReport plan(Optional<String> ifDown) throws RequestRefusedException, BadInventoryException, IOException;

    /** What was decided and done within a time, oldest first, the newest thousand. */
    HistoryReport history(Duration within) throws IOException;

    /**
     * Whether the journal is whole.
     *
     * @param anchors kept elsewhere: the number of a row and its hash
     * @throws IllegalArgumentException if one of them is none
     */
    VerificationReport verifyHistory(List<String> anchors) throws BadInventoryException, IOException;

    /** What is due when: playbooks, planned maintenances, notifications. */
    JobsReport jobs() throws BadInventoryException, IOException;

    /** Logs in everywhere and finds what will hurt, each with the fix. */
    List<Finding> examine() throws BadInventoryException;

    /** Writes down a session with a router's command line, secrets taken out. */
    SessionReport recordSession(String router) throws RequestRefusedException, BadInventoryException;

    /**
     * Reads dialects from files.
     *
     * @return their names
     */
    List<String> validateDialects(List<Path> files) throws RequestRefusedException, BadInventoryException;

    /**
     * Reads an inventory.
     *
     * @param files in place of those in the home folder; empty = those there
     */
    ValidationReport validate(List<Path> files) throws RequestRefusedException, BadInventoryException;

    // ---- moving ---------------------------------------------------------------------------------------------------

    /**
     * Puts a service at a server, and pins it there.
     *
     * @param stay even when the server is DOWN
     */
    MoveReport move(String prefixOrService, String server, boolean stay, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Gives a service back to automatic. */
    MoveReport release(String prefixOrService, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Takes all services off a server and keeps them off. */
    DrainReport drain(String server, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Plans a maintenance, which the daemon begins and ends. */
    MaintenanceReport planMaintenance(String server, Instant from, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Ends a maintenance, or cancels those that are planned. */
    UndrainReport undrain(String server, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Takes the last intent of an admin back.
     *
     * @param about gets what is about to be undone, before it is
     */
    UndoReport undo(OperatorRequest request, Consumer<UndoReport.About> about)
            throws RequestRefusedException, BadInventoryException, IOException;

    // ---- the daemon as a whole ------------------------------------------------------------------------------------

    /** From now on nothing moves by itself. */
    PauseReport pause(OperatorRequest request) throws RequestRefusedException, BadInventoryException, IOException;

    /** Ends a pause; an observing controller starts acting. */
    ResumeReport resume(OperatorRequest request) throws RequestRefusedException, BadInventoryException, IOException;

    /** Has the daemon read its inventory again. */
    ReloadReport reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException;

    // ---- playbooks and drills -------------------------------------------------------------------------------------

    /**
     * Runs a playbook and waits for its end.
     *
     * @param names what the playbook's placeholders stand for: server, service, check
     * @param progress gets each line as it comes
     * @return true if it ended well
     */
    boolean play(String playbook, Map<String, String> names, OperatorRequest request, Consumer<String> progress)
            throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Ends the runs of a playbook.
     *
     * @return how many were under way
     */
    int stopPlaybook(String playbook) throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Takes all services off a healthy server and brings them back, watched.
     *
     * @param server its name, or {@link DrillBook#NEXT}
     * @param shadow decide as if it had failed, and type nothing
     */
    DrillBook.Page drill(String server, boolean shadow, Actor actor, String because)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** The report of a server's last drill. */
    DrillBook.Page lastDrill(String server) throws RequestRefusedException, BadInventoryException, IOException;

    /** The drills that were held, newest first. */
    List<DrillBook.Page> drills() throws IOException;
}
