package net.reroute.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.reroute.operations.OperatorRequest;
import net.reroute.operations.ReloadReport;
import net.reroute.operations.ResumeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about the controller as a whole. */
final class ModeCommands {

    private ModeCommands() {}

    /** A process that logs. */
    private abstract static class Logging extends BaseCommand {

        @Option(names = "--log-format", paramLabel = "FORMAT", description = "text, journal (levels that journald reads) or json; without it, what fits where standard error leads.")
        String logFormat;

        /** It was used already, when the first line was logged; here it is only checked. */
        final void checkLogFormat() {
            if (logFormat != null && !List.of("text", "journal", "json").contains(logFormat)) {
                throw usage("--log-format is text, journal or json, not '" + logFormat + "'");
            }
        }
    }

    @Command(name = "switch", description = "Runs one TCP switch of the inventory in this process, without a daemon.")
    static final class Switch extends Logging {

        @Parameters(paramLabel = "NAME", description = "Name of the switch.")
        String name;

        @Override
        public Integer call() throws Exception {
            checkLogFormat();
            processes().runSwitch(name, console());
            return ExitCodes.DONE;
        }
    }

    @Command(name = "pause", description = "Stops automatic moves; moves by hand still work.")
    static final class Pause extends BaseCommand {

        @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal and your colleagues.")
        String because = "";

        @Override
        public Integer call() throws Exception {
            boolean observes = operations().pause(OperatorRequest.plain(console().actor(), because)).observes();
            tell(observes ? "observes again; nothing is typed" : "paused; 'reroute resume' ends that", "observes",
                    observes);
            return ExitCodes.DONE;
        }
    }

    @Command(name = "resume", description = "Ends a pause; a controller that only observes acts from now on.")
    static final class Resume extends BaseCommand {

        @Option(names = "--force", description = "Even if the other controller cannot be asked.")
        boolean force;

        @Override
        public Integer call() throws Exception {
            ResumeReport report = operations()
                    .resume(new OperatorRequest(console().actor(), "", Optional.empty(), force, false));
            String resumed = report.paused() ? "resumed" : "nothing was paused";
            tell(report.leads()
                    ? "acts from now on, though its inventory says observe; 'reroute pause' ends that"
                    : resumed, "leads", report.leads());
            return ExitCodes.DONE;
        }
    }

    @Command(name = "reload", description = "Lets the daemon read the inventory anew; a bad one changes nothing.")
    static final class Reload extends BaseCommand {

        @Option(names = "--force", description = "Even if a server goes that carries something.")
        boolean force;

        @Option(names = "--dry-run", description = "Only tell what it would change.")
        boolean dryRun;

        @Override
        public Integer call() throws Exception {
            ReloadReport report = operations().reload(force, dryRun);
            if (!isJson()) {
                say(report.changes());
            }
            tell(report.dryRun() ? "nothing was changed" : "reloaded", "changes", report.changes());
            return ExitCodes.DONE;
        }
    }

    @Command(name = "daemon", description = "Watches, decides and moves, until it is stopped.")
    static final class Daemon extends Logging {

        /** Read where the paths are made up, too. */
        @Option(names = "--name", paramLabel = "NAME", description = "Which of the controllers in the inventory this is; without it, the one with an address of this machine.")
        String name;

        @Override
        public Integer call() throws Exception {
            checkLogFormat();
            processes().daemon();
            return ExitCodes.DONE;
        }
    }

    /** Runs a rehearsal, where everything is simulated. */
    @Command(name = "rehearse", description = "Runs the inventory against simulated routers and servers on this machine: kills a server, lets it recover, and prints each reaction. Needs no root and touches nothing else. With --json, how to reach everything comes first as one line; the story goes to stderr.")
    static final class Rehearse extends BaseCommand {

        @Option(names = "--kill", paramLabel = "SERVER", description = "Which server dies (default: the home of the first service).")
        String kill;

        @Option(names = "--script", paramLabel = "FILE", description = "Steps, one a line: kill SERVER, recover SERVER, drop ROUTER, wait 5s, reroute COMMAND.")
        Path script;

        @Option(names = "--keep", description = "Stay, to go on by hand from another terminal.")
        boolean keep;

        @Override
        public Integer call() throws Exception {
            if (kill != null && script != null) {
                throw usage("--kill and --script exclude each other");
            }
            return processes().rehearse(
                    new Processes.Practice(Optional.ofNullable(kill), Optional.ofNullable(script), keep, isJson()),
                    console());
        }
    }
}
