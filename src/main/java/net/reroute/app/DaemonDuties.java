package net.reroute.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Function;
import net.reroute.api.Request;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.RecordedState;
import net.reroute.journal.JournalException;
import net.reroute.operations.Operations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a daemon does for the controllers it belongs to, and for itself if it is alone.
 *
 * @param operations for a caller
 */
record DaemonDuties(ControllerRuntime runtime, BackgroundServices background, PageService page,
        Function<String, Operations> operations) implements ClusterMember.Duties {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    @Override
    public int run(Request request, String who, PrintStream out, PrintStream err) {
        return Cli.run(request.args(), operations.apply(who), new NoProcesses(),
                new Console(out, err, request.width(), request.colour(), request.actor(who)));
    }

    @Override
    public JsonNode api(JsonNode request) throws IOException {
        return page.forAnother(request);
    }

    @Override
    public void takeUp() {
        try {
            RecordedState before = runtime.controller.audit().state();
            background.send(PersistentOutbox.open(runtime.controller.audit()));
            background.lookAtOther(); // an admin may have let the peer act in the meantime
            background.playbooks().cutOff(before.notes(Shelf.PLAY));
            MissedRuns.makeUpLater(runtime, background, before.notes(Shelf.JOB));
        } catch (JournalException e) {
            LOG.error("notifications that were not sent yet cannot be read", e);
        }
    }

    @Override
    public void layDown() {
        background.layDown();
    }
}
