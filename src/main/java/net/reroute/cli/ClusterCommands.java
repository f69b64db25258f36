package net.reroute.cli;

import java.util.List;
import net.reroute.cluster.ClusterReport;
import net.reroute.core.Address;
import net.reroute.core.ClusterSpec;
import net.reroute.core.Endpoint;
import net.reroute.operations.Operations;
import net.reroute.view.ClusterText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands about controllers that stand in for each other. */
final class ClusterCommands {

    private ClusterCommands() {}

    /** The command that the others belong to. */
    static CommandLine all(Operations operations, Processes processes, Console console) {
        CommandLine line = new CommandLine(new Cluster().with(operations, processes, console));
        List.of(new Init(), new Invite(), new Join(), new Remove(), new Lead())
                .forEach(c -> line.addSubcommand(c.with(operations, processes, console)));
        return line;
    }

    @Command(name = "cluster", description = "The controllers that stand in for each other: who leads, and how far the others are.")
    static final class Cluster extends BaseCommand {

        @Override
        public Integer call() throws Exception {
            ClusterReport report = operations().cluster().report();
            tell(() -> ClusterText.json(report), () -> ClusterText.lines(report, style()));
            return report.leader().isPresent() ? ExitCodes.DONE : ExitCodes.REFUSED;
        }
    }

    @Command(name = "init", description = "Makes this controller the first member of the cluster in the inventory.")
    static final class Init extends BaseCommand {

        @Override
        public Integer call() throws Exception {
            String name = operations().cluster().init(console().actor());
            tell(name + " is the first controller of the cluster; 'reroute cluster invite NAME' invites the others",
                    "name", name);
            return ExitCodes.DONE;
        }
    }

    @Command(name = "invite", description = "Prints a token with which a controller of the inventory can join, good for an hour and for one.")
    static final class Invite extends BaseCommand {

        @Parameters(paramLabel = "NAME", description = "Of the controller, in the section controllers:.")
        String name;

        @Override
        public Integer call() throws Exception {
            String token = operations().cluster().invite(name, console().actor());
            tell(token, "token", token);
            return ExitCodes.DONE;
        }
    }

    @Command(name = "join", description = "Makes this controller a member, with a token of the leader.")
    static final class Join extends BaseCommand {

        @Parameters(index = "0", paramLabel = "ADDRESS", description = "Of the controller that leads, with :PORT if its port is not 4731.")
        String at;

        @Parameters(index = "1", paramLabel = "TOKEN", description = "The last line that 'reroute cluster invite' prints there.")
        String token;

        @Override
        public Integer call() throws Exception {
            String name = operations().cluster().join(endpoint(), token);
            tell("this controller is " + name + " of the cluster now", "name", name);
            return ExitCodes.DONE;
        }

        private Endpoint endpoint() {
            try {
                boolean port = at.matches("\\[.*]:\\d{1,5}|[^:]+:\\d{1,5}");
                int cut = port ? at.lastIndexOf(':') : at.length();
                return new Endpoint(Address.parse(at.substring(0, cut).replaceAll("[\\[\\]]", "")),
                        port ? Integer.parseInt(at.substring(cut + 1)) : ClusterSpec.PORT);
            } catch (IllegalArgumentException e) {
                throw usage("ADDRESS", e);
            }
        }
    }

    @Command(name = "remove", description = "Ends a membership: the others listen to that controller no more.")
    static final class Remove extends BaseCommand {

        @Parameters(paramLabel = "NAME", description = "Of the controller.")
        String name;

        @Override
        public Integer call() throws Exception {
            operations().cluster().remove(name, console().actor());
            tell(name + " is no member any more; take it out of the section controllers:, too", "removed", name);
            return ExitCodes.DONE;
        }
    }

    @Command(name = "lead", description = "Lets another controller lead; no move is lost.")
    static final class Lead extends BaseCommand {

        @Parameters(paramLabel = "NAME", description = "Of the controller.")
        String name;

        @Override
        public Integer call() throws Exception {
            operations().cluster().lead(name);
            tell("handed over to " + name, "leader", name);
            return ExitCodes.DONE;
        }
    }
}
