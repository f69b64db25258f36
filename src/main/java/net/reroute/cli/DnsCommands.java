package net.reroute.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.reroute.operations.Operations;
import net.reroute.operations.ZoneReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands about names in DNS. */
final class DnsCommands {

    private DnsCommands() {}

    /** The command that the others belong to. */
    static CommandLine all(Operations operations, Processes processes, Console console) {
        return new CommandLine(new Dns().with(operations, processes, console))
                .addSubcommand(new Zone().with(operations, processes, console));
    }

    @Command(name = "dns", description = "Names in DNS: 'dns zone NAME' prints a zone.")
    static final class Dns extends BaseCommand {

        @Override
        public Integer call() {
            throw usage("say what to do, for instance 'reroute dns zone widgetco.example'");
        }
    }

    @Command(name = "zone", description = "Prints a zone with the records as they should be now. Changes nothing.")
    static final class Zone extends BaseCommand {

        @Parameters(paramLabel = "ZONE", description = "Name of the zone, like widgetco.example.")
        String zone;

        @Override
        public Integer call() throws Exception {
            ZoneReport report = operations().zone(zone);
            tell(() -> JsonNodeFactory.instance.objectNode().put("zone", report.zone()).put("text",
                    String.join("\n", report.lines())), report::lines);
            return ExitCodes.DONE;
        }
    }
}
