package net.reroute.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.control.Controller;
import net.reroute.core.AccessToken;
import net.reroute.core.Actor;
import net.reroute.core.Forecast;
import net.reroute.core.Planner;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.RouterSpec;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.doctor.Doctor;
import net.reroute.doctor.Finding;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.ControllerAccess.ControllerSession;
import net.reroute.operations.ControllerAccess.Need;
import net.reroute.playbook.DrillBook;
import net.reroute.redirect.route.cli.SessionRecord;
import net.reroute.redirect.route.cli.SessionRecord.Recorded;

/** Operations on a controller in this process. */
public final class DirectOperations implements Operations {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ControllerAccess access;
    private final MoveOperations moves;
    private final ModeOperations modes;
    private final PlaybookOperations playbooks;
    private final HistoryQuery history;

    public DirectOperations(ControllerAccess access) {
        this.access = access;
        this.moves = new MoveOperations(access);
        this.modes = new ModeOperations(access);
        this.playbooks = new PlaybookOperations(access);
        this.history = new HistoryQuery(access);
    }

    @Override
    public ClusterOperations cluster() {
        return access.cluster();
    }

    // ---- looking --------------------------------------------------------------------------------------------------

    @Override
    public StatusReport status(List<String> of) throws RequestRefusedException, BadInventoryException, IOException {
        try (ControllerSession session = access.open(Need.atAGlance())) {
            StatusReport all = StatusQuery.of(session.controller(), access);
            return of.isEmpty() ? all : new StatusFilter(session.controller().inventory()).of(all, of);
        }
    }

    @Override
    public NamesReport names() throws BadInventoryException {
        return NamesReport.of(access.inventory());
    }

    @Override
    public Explanation explain(String what) throws RequestRefusedException, BadInventoryException, IOException {
        return ExplainQuery.of(access, history, what);
    }

    @Override
    public PlanReport plan(Optional<String> ifDown)
            throws RequestRefusedException, BadInventoryException, IOException {
        try (ControllerSession session = access.open(Need.toLook())) {
            Controller controller = session.controller();
            Snapshot now = controller.snapshot(Cause.of("plan"));
            if (ifDown.isPresent()) {
                now = Planner.ifDown(now, new InventoryNames(controller.inventory()).server(ifDown.get()));
            }
            return new PlanReport(now.times().now(), controller.decide(now),
                    access.isDaemon() ? Forecast.of(now) : List.of());
        }
    }

    @Override
    public HistoryReport history(HistoryRequest wanted) throws IOException {
        return history.of(wanted);
    }

    @Override
    public VerificationReport verifyHistory(List<String> anchors) throws BadInventoryException, IOException {
        return history.verify(anchors);
    }

    @Override
    public JobsReport jobs() throws BadInventoryException, IOException {
        return new JobsQuery(access).report();
    }

    @Override
    public List<Finding> examine() throws BadInventoryException {
        return new Doctor(access.inventory()).examine();
    }

    @Override
    public SessionReport recordSession(String name) throws RequestRefusedException, BadInventoryException {
        InventoryNames names = new InventoryNames(access.inventory());
        RouterSpec router = names.router(name);
        if (router.cli().isEmpty()) {
            throw new RequestRefusedException(
                    name + " speaks linux, which is a program and not a file; there is nothing to record");
        }
        Recorded recorded = SessionRecord.of(router, names.routedBy(name), PATIENCE);
        return new SessionReport(name, router.dialect(), recorded.text(), recorded.trouble());
    }

    @Override
    public ZoneReport zone(String zone) throws RequestRefusedException, BadInventoryException, IOException {
        return new ZoneQuery(access).of(zone);
    }

    @Override
    public List<String> validateDialects(List<Path> files) throws RequestRefusedException, BadInventoryException {
        return new ValidationQuery(access).dialects(files);
    }

    @Override
    public ValidationReport validate(List<Path> files) throws RequestRefusedException, BadInventoryException {
        return new ValidationQuery(access).inventory(files);
    }

    // ---- moving ---------------------------------------------------------------------------------------------------

    @Override
    public MoveReport move(List<String> services, String server, boolean stay, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        return moves.move(services, server, stay, request);
    }

    @Override
    public MoveReport release(String prefixOrService, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        return moves.release(prefixOrService, request);
    }

    @Override
    public DrainReport drain(String server, OperatorRequest request, Optional<DrainWait> wait)
            throws RequestRefusedException, BadInventoryException, IOException {
        return moves.drain(server, request, wait);
    }

    @Override
    public MaintenanceReport planMaintenance(String server, Instant from, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        return moves.plan(server, from, request);
    }

    @Override
    public UndrainReport undrain(String server, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        return moves.undrain(server, request);
    }

    @Override
    public UndoReport undo(OperatorRequest request, Consumer<UndoReport.About> about)
            throws RequestRefusedException, BadInventoryException, IOException {
        return moves.undo(request, about);
    }

    // ---- the daemon as a whole ------------------------------------------------------------------------------------

    @Override
    public PauseReport pause(OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        return modes.pause(request);
    }

    @Override
    public ResumeReport resume(OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        return modes.resume(request);
    }

    @Override
    public ReloadReport reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException {
        return modes.reload(force, dryRun);
    }

    // ---- who may use the page and the API -------------------------------------------------------------------------

    @Override
    public TokenReport addToken(String name, boolean readOnly, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        return new TokenOperations(access).add(name, readOnly, request);
    }

    @Override
    public List<AccessToken> tokens() throws RequestRefusedException, BadInventoryException, IOException {
        return new TokenOperations(access).list();
    }

    @Override
    public void revokeToken(String name, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        new TokenOperations(access).revoke(name, request);
    }

    // ---- playbooks and drills -------------------------------------------------------------------------------------

    @Override
    public boolean play(String playbook, Map<String, String> names, OperatorRequest request,
            Consumer<String> progress) throws RequestRefusedException, BadInventoryException, IOException {
        return playbooks.play(playbook, names, request, progress);
    }

    @Override
    public int stopPlaybook(String playbook) throws RequestRefusedException, BadInventoryException, IOException {
        return playbooks.stop(playbook);
    }

    @Override
    public DrillBook.Page drill(String server, boolean shadow, Actor actor, String because)
            throws RequestRefusedException, BadInventoryException, IOException {
        return playbooks.drill(server, shadow, actor, because);
    }

    @Override
    public DrillBook.Page lastDrill(String server)
            throws RequestRefusedException, BadInventoryException, IOException {
        return playbooks.last(server);
    }

    @Override
    public List<DrillBook.Page> drills() throws IOException {
        return new DrillBook(access.drills()).all();
    }
}
