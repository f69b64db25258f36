package net.reroute.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.core.AccessToken;
import net.reroute.core.Actor;
import net.reroute.core.RequestRefusedException;
import net.reroute.doctor.Finding;
import net.reroute.inventory.BadInventoryException;
import net.reroute.playbook.DrillBook;

/**
 * Everything that reroute can be asked or told. Each operation returns a report, a plain value; the command line and
 * the API render it.
 *
 * <p>Operations throw {@link RequestRefusedException} if the request is not carried out, with the reason and what to
 * do; {@link BadInventoryException} if the inventory cannot be read; {@link UnknownNameException} for a name that is
 * not in it; {@link IOException} if the journal or a file cannot be read. Operations that move services block until the
 * routers have answered.
 */
public interface Operations {

    // ---- looking: nothing is changed ------------------------------------------------------------------------------

    /**
     * Where services are, and why. Answers within 3 s, with what is known by then.
     *
     * @param of names and patterns of services, servers and routers; empty: everything
     */
    StatusReport status(List<String> of) throws RequestRefusedException, BadInventoryException, IOException;

    /** The names of the inventory, for completion. */
    NamesReport names() throws BadInventoryException;

    /** Why a service is where it is, what a server's checks report, or what a router holds. */
    Explanation explain(String prefixServiceOrServer)
            throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * What would be done now, and what the passing of time will change.
     *
     * @param ifDown a server that is assumed DOWN
     */
    PlanReport plan(Optional<String> ifDown) throws RequestRefusedException, BadInventoryException, IOException;

    /** What was decided and done, oldest first; the newest thousand rows of those wanted. */
    HistoryReport history(HistoryRequest wanted) throws IOException;

    /**
     * Verifies that the journal is complete and unchanged.
     *
     * @param anchors kept elsewhere: the id of a row and its hash
     * @throws IllegalArgumentException if one of them is not an anchor
     */
    VerificationReport verifyHistory(List<String> anchors) throws BadInventoryException, IOException;

    /** What is due when: playbooks, planned maintenances, notifications. */
    JobsReport jobs() throws BadInventoryException, IOException;

    /** Logs in everywhere and lists problems, each with its fix. May take long. */
    List<Finding> examine() throws BadInventoryException;

    /** Records a session with a router's command line, without secrets. Changes nothing on the router. */
    SessionReport recordSession(String router) throws RequestRefusedException, BadInventoryException;

    /**
     * The text of a DNS zone with the records of its names as they should be now.
     *
     * @param zone name of a zone in the inventory
     */
    ZoneReport zone(String zone) throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Reads dialects from files.
     *
     * @return their names
     */
    List<String> validateDialects(List<Path> files) throws RequestRefusedException, BadInventoryException;

    /**
     * Reads an inventory.
     *
     * @param files to read instead of those in the home folder; empty: read those
     */
    ValidationReport validate(List<Path> files) throws RequestRefusedException, BadInventoryException;

    // ---- moving ---------------------------------------------------------------------------------------------------

    /**
     * Moves services to a server and pins them there. Nothing is moved if a name is unknown. Of several services, those
     * that are refused do not keep the others from moving.
     *
     * @param services names, prefixes and patterns
     * @param stay true: stay there even if the server is DOWN
     */
    MoveReport move(List<String> services, String server, boolean stay, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Returns a service to automatic. */
    MoveReport release(String prefixOrService, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Takes all services off a server and keeps them off.
     *
     * @param wait for the end of its connections; empty: do not wait
     */
    DrainReport drain(String server, OperatorRequest request, Optional<DrainWait> wait)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Plans a maintenance, which the daemon begins and ends. */
    MaintenanceReport planMaintenance(String server, Instant from, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Ends a maintenance. If there is none, cancels those that are planned for the server. */
    UndrainReport undrain(String server, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Takes back the last intent of a person or a playbook.
     *
     * @param about receives what will be undone, before it is
     */
    UndoReport undo(OperatorRequest request, Consumer<UndoReport.About> about)
            throws RequestRefusedException, BadInventoryException, IOException;

    // ---- several controllers ------------------------------------------------------------------------------------

    /** What can be asked and told about controllers that stand in for each other. */
    ClusterOperations cluster() throws RequestRefusedException;

    // ---- the daemon as a whole ------------------------------------------------------------------------------------

    /** Stops automatic moves. */
    PauseReport pause(OperatorRequest request) throws RequestRefusedException, BadInventoryException, IOException;

    /** Ends a pause; an observing controller starts acting. */
    ResumeReport resume(OperatorRequest request) throws RequestRefusedException, BadInventoryException, IOException;

    /** Makes the daemon read its inventory again. */
    ReloadReport reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException;

    // ---- who may use the page and the API -------------------------------------------------------------------------

    /**
     * Makes a token. It can be used at once.
     *
     * @param name for the journal
     * @param readOnly true: it may look, and change nothing
     */
    TokenReport addToken(String name, boolean readOnly, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** All tokens, also those that have expired. */
    List<AccessToken> tokens() throws RequestRefusedException, BadInventoryException, IOException;

    /** Ends a token, and what is logged in with it. */
    void revokeToken(String name, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException;

    // ---- playbooks and drills -------------------------------------------------------------------------------------

    /**
     * Runs a playbook and waits for its end.
     *
     * @param names values for the playbook's placeholders: server, service, check
     * @param progress receives each line as it comes
     * @return true if the playbook succeeded
     */
    boolean play(String playbook, Map<String, String> names, OperatorRequest request, Consumer<String> progress)
            throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Ends the runs of a playbook.
     *
     * @return how many were running
     */
    int stopPlaybook(String playbook) throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Takes all services off a healthy server and brings them back, observed.
     *
     * @param server name, or {@link DrillBook#NEXT}
     * @param shadow true: only decide as if the server had failed, and type nothing
     */
    DrillBook.Page drill(String server, boolean shadow, Actor actor, String because)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** The report of a server's last drill. Refused if there is none. */
    DrillBook.Page lastDrill(String server) throws RequestRefusedException, BadInventoryException, IOException;

    /** Past drills, newest first. */
    List<DrillBook.Page> drills() throws IOException;
}
