package net.reroute.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.reroute.operations.NamesReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

    @Command(name = "man", description = "Prints the manual page: reroute man | man -l - ; with PAGE, that of a group of commands.")
    static final class Man extends BaseCommand {

        @Spec
        CommandSpec spec;

        @Parameters(arity = "0..1", paramLabel = "PAGE", description = "moves, watch, run, prepare, playbooks, controllers.")
        String page;

        @Override
        public Integer call() throws Exception {
            CommandLine root = spec.root().commandLine();
            List<String> lines = page == null ? ManPage.of(root) : group(root);
            tell(() -> JsonNodeFactory.instance.objectNode().put("text", String.join("\n", lines)), () -> lines);
            return ExitCodes.DONE;
        }

        private List<String> group(CommandLine root) {
            return ManPage.Group.of(page).map(g -> ManPage.of(root, g)).orElseThrow(() -> usage("there is no page '"
                    + page + "'; there are " + ManPage.Group.names()));
        }
    }
}
