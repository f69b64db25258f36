package net.reroute.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.operations.StatusReport;
import net.reroute.view.MonitoringText;
import net.reroute.view.StatusJson;
import net.reroute.view.StatusText;
import net.reroute.view.StatusText.Amount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The first screen. */
@Command(name = "status", description = "What needs you, what happened, what comes next, and where everything is. Exit 0: every service is at an UP server; 6: no daemon watches.")
final class StatusCommand extends BaseCommand {

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Only these services, prefixes, servers and routers; patterns like 'www-*' too.")
    List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "Every row, also where there are more than 50.")
    boolean all;

    @Option(names = "--down", description = "Only what is not well.")
    boolean down;

    @Option(names = "--check", description = "One line for Nagios or Icinga; exit 0 good, 1 warning, 2 critical, 3 unknown.")
    boolean check;

    @Option(names = "--watch", description = "Stay, and show what changes; full-screen in a terminal.")
    boolean watch;

    @Override
    public Integer call() throws Exception {
        if (all && down) {
            throw usage("--all and --down exclude each other");
        }
        if (watch && (check || isJson())) {
            throw usage("--watch is for people; take --check or --json away");
        }
        StatusReport report = operations().status(names);
        if (check) {
            return checked(report);
        }
        tell(() -> StatusJson.of(report, Version.number()), () -> StatusText.lines(report, style(), amount()));
        return code(report);
    }

    private Amount amount() {
        Amount few = down ? Amount.DOWN : Amount.FEW;
        return all ? Amount.ALL : few;
    }

    private int checked(StatusReport report) throws Exception {
        MonitoringText line = MonitoringText.of(report);
        tell(line.text(), "code", line.code());
        return line.code();
    }

    private static int code(StatusReport report) {
        if (!report.mode().daemon()) {
            return ExitCodes.NO_DAEMON;
        }
        return report.allUp() ? ExitCodes.DONE : ExitCodes.REFUSED;
    }
}
