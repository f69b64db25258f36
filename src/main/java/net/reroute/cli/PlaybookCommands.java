package net.reroute.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Text;
import net.reroute.operations.OperatorRequest;
import net.reroute.playbook.DrillBook;
import net.reroute.view.DrillText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that run playbooks and drills. */
final class PlaybookCommands {

    private PlaybookCommands() {}

    @Command(name = "play", description = "Runs a playbook by hand and tells each step.")
    static final class Play extends BaseCommand {

        @Parameters(paramLabel = "NAME", description = "Of a file in playbooks/.")
        String name;

        @Option(names = "--server", paramLabel = "SERVER", description = "What {server} stands for.")
        String server;

        @Option(names = "--service", paramLabel = "SERVICE", description = "What {service} stands for.")
        String service;

        @Option(names = "--check", paramLabel = "CHECK", description = "What {check} stands for.")
        String check;

        @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal and your colleagues.")
        String because = "";

        @Option(names = "--stop", description = "End it, if it is under way.")
        boolean stop;

        @Option(names = "--dry-run", description = "Tell the steps, and do none of them.")
        boolean dryRun;

        @Override
        public Integer call() throws Exception {
            if (stop) {
                int ended = operations().stopPlaybook(name);
                tell(ended == 0 ? name + " is not under way" : "told to end: " + ended, "ended", ended);
                return ExitCodes.DONE;
            }
            OperatorRequest request = new OperatorRequest(console().actor(), because, Optional.empty(), false, dryRun);
            List<String> lines = new ArrayList<>();
            boolean good = operations().play(name, names(), request, isJson() ? lines::add : this::tell);
            if (isJson()) {
                tell(good ? "succeeded" : "failed", "lines", lines);
            }
            return good ? ExitCodes.DONE : ExitCodes.REFUSED;
        }

        private Map<String, String> names() {
            Map<String, String> names = new LinkedHashMap<>();
            names.put("server", server);
            names.put("service", service);
            names.put("check", check);
            names.values().removeIf(n -> n == null);
            return names;
        }

        private void tell(String line) {
            say(Text.wrap(line, console().width()));
            console().out().flush();
        }
    }

    @Command(name = "drill", description = "Takes all services off a healthy server and brings them back, watched. Without SERVER: the drills held.")
    static final class Drill extends BaseCommand {

        @Parameters(arity = "0..1", paramLabel = "SERVER", description = "Or: next, the one that was not drilled for longest.")
        String name;

        @Option(names = "--shadow", description = "Decide as if it had failed, and type nothing.")
        boolean shadow;

        @Option(names = "--report", description = "Tell its last report again.")
        boolean report;

        @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal and your colleagues.")
        String because = "";

        @Override
        public Integer call() throws Exception {
            if (name == null) {
                return list(operations().drills());
            }
            return tell(report
                    ? operations().lastDrill(name)
                    : operations().drill(name, shadow, console().actor(), because));
        }

        private int tell(DrillBook.Page page) throws JsonProcessingException {
            tell(page::json, page::lines);
            return page.good() ? ExitCodes.DONE : ExitCodes.REFUSED;
        }

        private int list(List<DrillBook.Page> drills) throws JsonProcessingException {
            tell(() -> DrillText.json(drills), () -> DrillText.lines(drills, style()));
            return ExitCodes.DONE;
        }
    }
}
