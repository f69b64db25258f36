package net.reroute.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.operations.NamesReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands with output that is made from the commands themselves: the completion script and the manual page. */
final class Generated {

    private Generated() {}

    @Command(name = "completion", description = "Prints a completion script for bash and zsh: source <(reroute completion)")
    static final class Completion extends BaseCommand {

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            CommandLine root = spec.root().commandLine();
            String script = CompletionScript.of(root);
            tell(() -> JsonNodeFactory.instance.objectNode().put("text", script), () -> script.lines().toList());
            return ExitCodes.DONE;
        }
    }

    @Command(name = "names", hidden = true, description = "Prints names of the inventory, for the completion script.")
    static final class InventoryNames extends BaseCommand {

        @Parameters(arity = "0..*", paramLabel = "KIND", description = "services, servers, routers, playbooks.")
        List<String> kinds = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            NamesReport names = operations().names();
            Map<String, List<String>> all = Map.of("services", names.services(), "servers", names.servers(),
                    "routers", names.routers(), "playbooks", names.playbooks());
            List<String> wanted = kinds.stream().flatMap(k -> all.getOrDefault(k, List.of()).stream()).toList();
            tell(() -> new ObjectMapper().valueToTree(wanted), () -> wanted);
            return ExitCodes.DONE;
        }
    }

    @Command(name = "man", description = "Prints the manual page: reroute man | man -l -")
    static final class Man extends BaseCommand {

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            List<String> lines = ManPage.of(spec.root().commandLine());
            tell(() -> JsonNodeFactory.instance.objectNode().put("text", String.join("\n", lines)), () -> lines);
            return ExitCodes.DONE;
        }
    }

    /** The manual page in the man(7) macros. */
    static final class ManPage {

        private static final Map<String, String> EXAMPLES = examples();

        private final List<String> lines = new ArrayList<>();

        private ManPage() {}

        private static Map<String, String> examples() {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("reroute status", "what needs you, what happened, what comes next, and where everything is");
            all.put("reroute www-1 to host3 --for 2h --because kernel", "pins a service to a server for two hours");
            all.put("reroute 'www-*' to host2 --dry-run", "what moving several services would type");
            all.put("reroute release www-1", "gives a service back to automatic");
            all.put("reroute drain host4 --for 1h --wait",
                    "takes everything off a server, and waits for its connections");
            all.put("reroute explain www-1", "the chain of evidence behind a decision");
            all.put("reroute history --since yesterday --of host1", "what happened to a server");
            all.put("reroute status --check", "one line for Nagios or Icinga");
            all.put("reroute token add anna", "a token for the page and the API");
            return all;
        }

        static List<String> of(CommandLine line) {
            ManPage page = new ManPage();
            page.write(line);
            return page.lines;
        }

        private void write(CommandLine line) {
            add(".TH REROUTE 1");
            section("NAME", "reroute - keeps web sites up by moving routes");
            section("SYNOPSIS", "reroute PREFIX|SERVICE to SERVER [OPTIONS]", ".br", "reroute COMMAND [OPTIONS]");
            section("DESCRIPTION", "Several servers carry the same service addresses on their loopbacks; the router's"
                    + " next hop decides who gets the traffic. reroute watches the servers and, when one fails, rewrites"
                    + " the next hop over SSH. It installs nothing on servers or routers.");
            add(".SH COMMANDS");
            line.getSubcommands().forEach((name, command) -> {
                command(name, command.getCommandSpec());
                command.getSubcommands().forEach((more, of) -> command(name + " " + more, of.getCommandSpec()));
            });
            add(".SH OPTIONS OF EVERY COMMAND");
            options(line.getCommandSpec());
            section("EXIT STATUS",
                    "0 done or already so (status: every service is at an UP server); 1 refused, with the"
                            + " reason; 2 usage or bad inventory; 3 a router or server could not be reached; 4 not verified, put"
                            + " back; 5 partly applied, or putting back failed; 6 status: no"
                            + " daemon watches.");
            add(".SH EXAMPLES");
            EXAMPLES.forEach((command, what) -> add(".TP", ".B " + escape(command), escape(what)));
            section("ENVIRONMENT", "REROUTE_HOME and REROUTE_STATE, as --home and --state; NO_COLOR for no colour.");
            section("FILES", "/etc/reroute/inventory/*.yaml, /var/lib/reroute");
        }

        private void command(String name, CommandSpec spec) {
            String parameters = spec.positionalParameters().stream().map(p -> " " + p.paramLabel())
                    .reduce("", String::concat);
            add(".TP", ".B " + escape("reroute " + (name.equals("move") ? "" : name) + parameters).replace("  ", " "));
            add(escape(String.join(" ", spec.usageMessage().description())));
            add(".RS");
            options(spec);
            add(".RE");
        }

        private void options(CommandSpec spec) {
            for (OptionSpec option : spec.options()) {
                if (option.inherited()) {
                    continue;
                }
                String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
                add(".TP", ".B " + escape(String.join(", ", option.names()) + value));
                add(escape(String.join(" ", option.description())));
            }
        }

        private void section(String title, String... text) {
            add(".SH " + title);
            for (String line : text) {
                add(line.startsWith(".") ? line : escape(line));
            }
        }

        private void add(String... more) {
            lines.addAll(List.of(more));
        }

        private static String escape(String text) {
            return text.replace("\\", "\\e").replace("-", "\\-");
        }
    }
}
