package net.reroute.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.doctor.Finding;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.operations.Explanation;
import net.reroute.operations.JobsReport;
import net.reroute.operations.PlanReport;
import net.reroute.operations.SessionReport;
import net.reroute.operations.ValidationReport;
import net.reroute.view.ExplanationJson;
import net.reroute.view.ExplanationText;
import net.reroute.view.FindingText;
import net.reroute.view.JobsText;
import net.reroute.view.PlanText;
import net.reroute.view.ValidationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that only read. */
final class ReadCommands {

    private ReadCommands() {}

    @Command(name = "plan", description = "What would be done now, and what time will do; with --if-down, if that server failed.")
    static final class Plan extends BaseCommand {

        @Option(names = "--if-down", paramLabel = "SERVER", description = "Assume that this server is DOWN.")
        String ifDown;

        @Override
        public Integer call() throws Exception {
            PlanReport plan = operations().plan(Optional.ofNullable(ifDown));
            tell(() -> PlanText.json(plan), () -> PlanText.lines(plan, style()));
            return ExitCodes.DONE;
        }
    }

    @Command(name = "explain", description = "Why a service is where it is, or what a server's checks say.")
    static final class Explain extends BaseCommand {

        @Parameters(paramLabel = "PREFIX|SERVICE|SERVER")
        String what;

        @Override
        public Integer call() throws Exception {
            Explanation explanation = operations().explain(what);
            tell(() -> ExplanationJson.of(explanation), () -> ExplanationText.lines(explanation, style()));
            return ExitCodes.DONE;
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
                List<String> names = operations().validateDialects(dialects);
                tell("good: dialect " + String.join(", ", names), "dialects", names);
            }
            if (dialects.isEmpty() || !others.isEmpty()) {
                inventory(others);
            }
            return ExitCodes.DONE;
        }

        private void inventory(List<Path> others) throws Exception {
            try {
                ValidationReport report = operations().validate(others);
                tell(() -> ValidationText.json(report), () -> ValidationText.lines(report, style()));
            } catch (BadInventoryException e) {
                if (!e.isUnbegun()) {
                    throw e;
                }
                tell("no mistake, and nothing to watch yet: 'reroute init' asks and writes a first inventory",
                        "services", 0);
            }
        }
    }

    @Command(name = "jobs", description = "What is due when: playbooks, planned maintenances, undelivered notifications.")
    static final class Jobs extends BaseCommand {

        @Override
        public Integer call() throws Exception {
            JobsReport report = operations().jobs();
            tell(() -> JobsText.json(report), () -> JobsText.lines(report, style()));
            return ExitCodes.DONE;
        }
    }

    @Command(name = "doctor", description = "Logs in everywhere and reports problems, each with the fix. Changes nothing.")
    static final class Doctor extends BaseCommand {

        @Override
        public Integer call() throws Exception {
            List<Finding> findings = operations().examine();
            tell(() -> FindingText.json(findings), () -> FindingText.lines(findings, style()));
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
            String text = "# A session with " + router + ", dialect " + session.dialect()
                    + ". Look through it before you give it away.\n\n" + session.text();
            tell(() -> JsonNodeFactory.instance.objectNode().put("router", router).put("dialect", session.dialect())
                    .put("text", text), () -> text.lines().toList());
            session.trouble().ifPresent(t -> complain(router + ": " + t));
            return session.trouble().isPresent() ? ExitCodes.REFUSED : ExitCodes.DONE;
        }
    }
}
