package net.reroute.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Durations;
import net.reroute.doctor.Finding;
import net.reroute.inventory.InventoryReader;
import net.reroute.operations.HistoryReport;
import net.reroute.operations.JobsReport;
import net.reroute.operations.PlanReport;
import net.reroute.operations.SessionReport;
import net.reroute.operations.StatusReport;
import net.reroute.operations.VerificationReport;
import net.reroute.view.ExplanationText;
import net.reroute.view.FindingText;
import net.reroute.view.HistoryText;
import net.reroute.view.JobsText;
import net.reroute.view.PlanText;
import net.reroute.view.StatusJson;
import net.reroute.view.StatusText;
import net.reroute.view.ValidationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that only read. */
final class ReadCommands {

    private ReadCommands() {}

    /** What most of them have in common. */
    abstract static class ReportCommand extends BaseCommand {

        @Option(names = "--json", description = "As JSON.")
        boolean json;
    }

    @Command(name = "status", description = "Where everything is, and why. Exit 0: every service is at an UP server; 6: no daemon watches.")
    static final class Status extends ReportCommand {

        @Override
        public Integer call() throws Exception {
            StatusReport report = operations().status();
            tell(json, () -> StatusJson.of(report), () -> StatusText.lines(report, style()));
            if (!report.mode().daemon()) {
                return ExitCodes.NO_DAEMON;
            }
            return report.allUp() ? ExitCodes.DONE : ExitCodes.REFUSED;
        }
    }

    @Command(name = "plan", description = "What would be done now, and what time will do; with --if-down, if that server failed.")
    static final class Plan extends ReportCommand {

        @Option(names = "--if-down", paramLabel = "SERVER", description = "Assume that this server is DOWN.")
        String ifDown;

        @Override
        public Integer call() throws Exception {
            PlanReport plan = operations().plan(Optional.ofNullable(ifDown));
            tell(json, () -> PlanText.json(plan), () -> PlanText.lines(plan, style()));
            return ExitCodes.DONE;
        }
    }

    @Command(name = "explain", description = "Why a service is where it is, or what a server's checks say.")
    static final class Explain extends BaseCommand {

        @Parameters(paramLabel = "PREFIX|SERVICE|SERVER")
        String what;

        @Override
        public Integer call() throws Exception {
            say(ExplanationText.lines(operations().explain(what), style()));
            return ExitCodes.DONE;
        }
    }

    @Command(name = "history", description = "What was decided and done, by whom and why.")
    static final class History extends BaseCommand {

        @Option(names = "--since", paramLabel = "TIME", defaultValue = "1d", description = "How far back, like 1d.")
        String since;

        @Option(names = "--verify", description = "Check that no row was changed, removed or cut off.")
        boolean verify;

        @Option(names = "--anchor", paramLabel = "ANCHOR", description = "With --verify: compare with an anchor that was kept elsewhere, the number of a row and its hash, as 'anchor:' in the settings sends them.")
        List<String> anchors = new ArrayList<>();

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        @Override
        public Integer call() throws Exception {
            return verify ? verified() : told();
        }

        private int told() throws Exception {
            HistoryReport history = operations().history(duration());
            tell(json, () -> HistoryText.json(history), () -> HistoryText.lines(history, since, style()));
            history.missing().ifPresent(this::complain);
            return history.missing().isPresent() ? ExitCodes.REFUSED : ExitCodes.DONE;
        }

        private int verified() throws Exception {
            try {
                VerificationReport report = operations().verifyHistory(anchors);
                say(HistoryText.lines(report, style()));
                return report.verified().findings().isEmpty() ? ExitCodes.DONE : ExitCodes.REFUSED;
            } catch (IllegalArgumentException e) {
                throw usage("--anchor", e);
            }
        }

        private Duration duration() {
            try {
                return Durations.parse(since);
            } catch (IllegalArgumentException e) {
                throw usage("--since", e);
            }
        }
    }

    @Command(name = "validate", description = "Reports every mistake in the inventory at once; without one, how fast failures are noticed.")
    static final class Validate extends BaseCommand {

        @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files to read in place of inventory/*.yaml; dialects too.")
        List<Path> files = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            List<Path> dialects = files.stream().filter(InventoryReader::isDialect).toList();
            List<Path> others = files.stream().filter(f -> !dialects.contains(f)).toList();
            if (!dialects.isEmpty()) {
                say("good: dialect " + String.join(", ", operations().validateDialects(dialects)));
            }
            if (dialects.isEmpty() || !others.isEmpty()) {
                say(ValidationText.lines(operations().validate(others), style()));
            }
            return ExitCodes.DONE;
        }
    }

    @Command(name = "jobs", description = "What is due when: playbooks, planned maintenances, undelivered notifications.")
    static final class Jobs extends ReportCommand {

        @Override
        public Integer call() throws Exception {
            JobsReport report = operations().jobs();
            tell(json, () -> JobsText.json(report), () -> JobsText.lines(report, style()));
            return ExitCodes.DONE;
        }
    }

    @Command(name = "doctor", description = "Logs in everywhere and reports problems, each with the fix. Changes nothing.")
    static final class Doctor extends ReportCommand {

        @Override
        public Integer call() throws Exception {
            List<Finding> findings = operations().examine();
            tell(json, () -> FindingText.json(findings), () -> FindingText.lines(findings, style()));
            boolean bad = findings.stream().anyMatch(f -> f.level() == Finding.Level.BAD);
            return bad ? ExitCodes.REFUSED : ExitCodes.DONE;
        }
    }

    @Command(name = "record", description = "Logs in to a router with a command line, asks all that reroute asks there, changes nothing, and writes the session down with secrets taken out.")
    static final class Recording extends BaseCommand {

        @Parameters(paramLabel = "ROUTER", description = "Name of the router.")
        String router;

        @Override
        public Integer call() throws Exception {
            SessionReport session = operations().recordSession(router);
            console().out().print("# A session with " + router + ", dialect " + session.dialect()
                    + ". Look through it before you give it away.\n\n" + session.text());
            session.trouble().ifPresent(t -> complain(router + ": " + t));
            return session.trouble().isPresent() ? ExitCodes.REFUSED : ExitCodes.DONE;
        }
    }
}
