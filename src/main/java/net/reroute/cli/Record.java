package net.reroute.cli;

import java.time.Duration;
import java.util.List;
import net.reroute.control.Refusal;
import net.reroute.core.Inventory;
import net.reroute.core.Names;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.redirect.route.cli.SessionRecord;
import net.reroute.redirect.route.cli.SessionRecord.Recorded;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** reroute record. */
@Command(name = "record", description = "Logs in to a router with a command line, asks all that reroute asks there, changes nothing, and writes the session down with secrets taken out.")
final class Record extends Work {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Parameters(paramLabel = "ROUTER", description = "Name of the router.")
    String router;

    @Override
    public Integer call() throws Exception {
        Inventory inventory = office().inventory();
        RouterSpec spec = inventory.routers().get(router);
        if (spec == null) {
            throw usage("no router '" + router + "'" + Names.didYouMean(router, inventory.routers().keySet())
                    + "; there are " + String.join(", ", inventory.routers().keySet()));
        }
        if (spec.cli().isEmpty()) {
            throw new Refusal(router + " speaks linux, which is a program and not a file; there is nothing to record");
        }
        List<Service> services = inventory.services().values().stream().filter(s -> s.routers().contains(router))
                .toList();
        Recorded recorded = SessionRecord.of(spec, services, PATIENCE);
        String text = "# A session with " + router + ", dialect " + spec.dialect()
                + ". Look through it before you give it"
                + " away.\n\n" + recorded.text();
        console().out().print(text);
        recorded.trouble().ifPresent(t -> console().err().println("reroute: " + router + ": " + t));
        return recorded.trouble().isPresent() ? ExitCodes.REFUSED : ExitCodes.DONE;
    }
}
