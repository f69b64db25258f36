package net.reroute.operations;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.ControllerAccess.ControllerSession;
import net.reroute.operations.ControllerAccess.Need;

/** Operations on the controller as a whole: pause, resume, reload. */
record ModeOperations(ControllerAccess access) {

    PauseReport pause(OperatorRequest request) throws RequestRefusedException, BadInventoryException, IOException {
        try (ControllerSession session = access.open(Need.of(Set.of(), true))) {
            boolean leads = session.controller().intents().lead().isPresent();
            session.byHand().pause(request.by());
            return new PauseReport(leads);
        }
    }

    ResumeReport resume(OperatorRequest request) throws RequestRefusedException, BadInventoryException, IOException {
        Optional<String> objection = access.peerObjection(request.force());
        if (objection.isPresent()) {
            throw new RequestRefusedException(objection.get());
        }
        try (ControllerSession session = access.open(Need.of(Set.of(), true))) {
            boolean observed = !session.controller().acts();
            boolean was = session.byHand().resume(request.by());
            return new ResumeReport(was, observed);
        }
    }

    ReloadReport reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException {
        if (!access.isDaemon()) {
            throw new RequestRefusedException(
                    "no daemon is running; the next command reads the inventory by itself");
        }
        return new ReloadReport(access.reload(force, dryRun), dryRun);
    }
}
