package net.reroute.operations;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.reroute.control.Ask;
import net.reroute.control.Controller;
import net.reroute.control.LastIntent;
import net.reroute.control.LeftConnections;
import net.reroute.control.Maintenances;
import net.reroute.control.RouterStatus;
import net.reroute.core.Actor;
import net.reroute.core.Intent;
import net.reroute.core.Outcome;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.JournalReader;
import net.reroute.operations.ControllerAccess.ControllerSession;
import net.reroute.operations.ControllerAccess.Need;

/** Operations that move services. */
record MoveOperations(ControllerAccess access) {

    /** For all services of a dry run together. */
    private static final Duration LOOKING = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(500);

    /** One service is refused by an exception; of several, the reasons are part of the report. */
    MoveReport move(List<String> what, String server, boolean stay, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        InventoryNames names = new InventoryNames(access.inventory());
        List<Service> services = names.services(what, server);
        for (Service service : services) {
            names.target(service, server);
        }
        Ask ask = ask(request);
        Set<String> concerned = services.stream().map(Service::name).collect(Collectors.toSet());
        try (ControllerSession session = open(concerned, request)) {
            if (services.size() == 1) {
                return new MoveReport(session.byHand().move(services.getFirst(), server, stay, ask), request.dryRun());
            }
            List<Outcome> outcomes = new ArrayList<>();
            Map<String, String> refused = new LinkedHashMap<>();
            long end = System.nanoTime() + LOOKING.toNanos();
            for (Service service : services) {
                if (request.dryRun() && end - System.nanoTime() < 0) {
                    refused.put(service.name(), "not looked at: it took more than " + LOOKING.toSeconds()
                            + " s; name fewer services");
                    continue;
                }
                try {
                    outcomes.addAll(session.byHand().move(service, server, stay, ask));
                } catch (RequestRefusedException e) {
                    refused.put(service.name(), e.getMessage());
                }
            }
            return new MoveReport(outcomes, refused, request.dryRun());
        }
    }

    MoveReport release(String what, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        Service service = new InventoryNames(access.inventory()).service(what);
        try (ControllerSession session = open(Set.of(service.name()), request)) {
            return new MoveReport(session.byHand().release(service, ask(request)), request.dryRun());
        }
    }

    // ---- maintenance ----------------------------------------------------------------------------------------------

    DrainReport drain(String name, OperatorRequest request, Optional<DrainWait> wait)
            throws RequestRefusedException, BadInventoryException, IOException {
        InventoryNames names = new InventoryNames(access.inventory());
        String server = names.server(name);
        if (wait.isPresent() && !access.isDaemon()) {
            throw new RequestRefusedException(
                    "--wait needs the daemon, which counts connections; start it with 'reroute daemon'");
        }
        DrainReport drained = drained(server, names, request);
        return wait.isPresent() && wait.get().drained(drained)
                ? new DrainReport(server, drained.moves(), drained.unread(), Optional.of(await(server, wait.get())))
                : drained;
    }

    private DrainReport drained(String server, InventoryNames names, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        Ask ask = ask(request);
        try (ControllerSession session = open(names.carriedBy(server), request)) {
            MoveReport moves = new MoveReport(session.byHand().drain(server, ask), request.dryRun());
            return new DrainReport(server, moves, request.dryRun() ? List.of() : unread(session.controller()),
                    Optional.empty());
        }
    }

    private ConnectionReport await(String server, DrainWait wait)
            throws RequestRefusedException, BadInventoryException, IOException {
        long until = System.nanoTime() + wait.longest().toNanos();
        try {
            while (true) {
                ConnectionReport report = connections(server);
                if (!wait.left(report) || report.isOver() || report.isUnknown()
                        || System.nanoTime() >= until) {
                    return report;
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestRefusedException("the daemon ends; the connections go on");
        }
    }

    private ConnectionReport connections(String server)
            throws RequestRefusedException, BadInventoryException, IOException {
        try (ControllerSession session = access.open(Need.toLook())) {
            LeftConnections left = session.controller().pool().leftConnections();
            return new ConnectionReport(server, left.at(server), left.current(), left.troubles(),
                    left.uncounted());
        }
    }

    private static List<String> unread(Controller controller) {
        return controller.pool().routers().entrySet().stream()
                .filter(r -> r.getValue().state() != RouterStatus.Reachability.REACHABLE).map(Map.Entry::getKey)
                .toList();
    }

    MaintenanceReport plan(String name, Instant from, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        InventoryNames names = new InventoryNames(access.inventory());
        String server = names.server(name);
        if (!access.isDaemon()) {
            throw new RequestRefusedException(
                    "--from needs the daemon, which begins and ends it; start it with 'reroute daemon'");
        }
        Ask ask = new Ask(request.by(), request.lasting().map(from::plus), request.force(), request.dryRun());
        try (ControllerSession session = open(names.carriedBy(server), request)) {
            return new MaintenanceReport(new Maintenances(session.controller()).plan(server, from, ask),
                    request.dryRun());
        }
    }

    UndrainReport undrain(String name, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        InventoryNames names = new InventoryNames(access.inventory());
        String server = names.server(name);
        Ask ask = ask(request);
        try (ControllerSession session = open(names.carriedBy(server), request)) {
            Controller controller = session.controller();
            boolean begun = controller.intents().maintenance(server, controller.clock().instant()).isPresent();
            List<Intent> cancelled = begun
                    ? List.of()
                    : new Maintenances(controller).cancel(server, ask);
            return new UndrainReport(server, begun || !cancelled.isEmpty(), cancelled,
                    new MoveReport(cancelled.isEmpty()
                            ? session.byHand().undrain(server, ask)
                            : List.of(), request.dryRun()));
        }
    }

    // ---- undo -----------------------------------------------------------------------------------------------------

    UndoReport undo(OperatorRequest request, Consumer<UndoReport.About> about)
            throws RequestRefusedException, BadInventoryException, IOException {
        LastIntent last = last(request);
        try (ControllerSession session = open(last.concerned(access.inventory()), request)) {
            session.byHand().mayUndo(last);
            about.accept(new UndoReport.About(last.said(Instant.now()), request.dryRun()));
            MoveReport moves = new MoveReport(session.byHand().undo(last, ask(request)), request.dryRun());
            return new UndoReport(moves, LastIntent.holds(last.id(), request.dryRun()
                    ? last.before()
                    : session.controller().intents().find(last.id())));
        }
    }

    /** A script that runs as the daemon's account may only undo its own intents, unless forced. */
    private LastIntent last(OperatorRequest request) throws RequestRefusedException, IOException {
        Actor caller = request.actor();
        LastIntent last;
        try (JournalReader journal = access.journal()) {
            last = LastIntent.find(journal, caller);
        }
        if (!request.force() && !last.actor().isSame(caller) && access.runsAs(caller)) {
            throw new RequestRefusedException("the last wish is another's (" + last.said(Instant.now()) + "), and "
                    + caller + " is the account that the daemon runs as; --force takes it back all the same");
        }
        return last;
    }

    // ---- helpers --------------------------------------------------------------------------------------------------

    private ControllerSession open(Set<String> services, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        return access.open(Need.of(services, !request.dryRun()));
    }

    /** Only the daemon can end an intent at its time. */
    private Ask ask(OperatorRequest request) throws RequestRefusedException {
        if (request.lasting().isPresent() && !access.isDaemon()) {
            throw new RequestRefusedException(
                    "--for needs the daemon, which ends it; start it with 'reroute daemon', or leave --for out");
        }
        return new Ask(request.by(), request.lasting().map(access.now()::plus), request.force(), request.dryRun());
    }
}
