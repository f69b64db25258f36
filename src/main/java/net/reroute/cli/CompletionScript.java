package net.reroute.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script: words of the command line from the commands, names from the inventory in force. */
final class CompletionScript {

    /** What the operands of commands name. */
    private static final Map<String, String> OPERANDS = new TreeMap<>(Map.of("status", "services servers routers",
            "explain", "services servers routers", "drain", "servers", "undrain", "servers", "release", "services",
            "drill", "servers", "record", "routers", "play", "playbooks"));

    private CompletionScript() {}

    static String of(CommandLine root) {
        TreeSet<String> commands = new TreeSet<>(root.getSubcommands().keySet());
        commands.removeIf(c -> root.getSubcommands().get(c).getCommandSpec().usageMessage().hidden());
        StringBuilder options = new StringBuilder();
        root.getSubcommands().forEach((name, command) -> options.append("    ").append(name).append(") echo \"")
                .append(options(command)).append("\" ;;\n"));
        StringBuilder operands = new StringBuilder();
        OPERANDS.forEach((command, kinds) -> operands.append("    ").append(command)
                .append(") ").append(command.equals("status") ? "" : "((${#plain[@]} > 1)) || ")
                .append("known=$(_reroute_names ").append(kinds).append(") ;;\n"));
        return script().replace("@COMMANDS@", String.join(" ", commands)).replace("@OPTIONS@", options)
                .replace("@OPERANDS@", operands);
    }

    private static String options(CommandLine command) {
        return command.getCommandSpec().options().stream().filter(o -> !o.hidden()).map(OptionSpec::names)
                .flatMap(names -> List.of(names).stream()).filter(n -> n.startsWith("--"))
                .collect(Collectors.joining(" "));
    }

    /** Names are asked of the command that is completed, with its --home and --state. */
    private static String script() {
        try (InputStream in = CompletionScript.class.getResourceAsStream("completion.bash")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
