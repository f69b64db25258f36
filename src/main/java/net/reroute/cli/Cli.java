package net.reroute.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.operations.Operations;
import picocli.CommandLine;

/**
 * Runs a command line. Exit codes: 0 done, 1 refused, 2 usage or bad inventory, 3 unreachable, 4 put back, 5 partly, 6
 * no daemon.
 */
public final class Cli {

    private static final Set<String> WITH_VALUE = Set.of("--home", "--state", "--fields");

    private Cli() {}

    /** All commands. Help, completion and the manual page are made from them. */
    static CommandLine commands(Operations operations, Processes processes, Console console) {
        CommandLine line = new CommandLine(new Root());
        List.of(new MoveCommands.Move(), new MoveCommands.Release(), new MoveCommands.Drain(),
                new MoveCommands.Undrain(), new MoveCommands.Undo(), new StatusCommand(),
                new ReadCommands.Plan(), new ReadCommands.Explain(), new HistoryCommand(),
                new ReadCommands.Validate(), new ModeCommands.Pause(), new ModeCommands.Resume(),
                new ModeCommands.Reload(), new ModeCommands.Daemon(), new PlaybookCommands.Play(),
                new ReadCommands.Jobs(), new PlaybookCommands.Drill(), new ReadCommands.Doctor(),
                new ModeCommands.Rehearse(), new ModeCommands.Switch(), new ReadCommands.Recording(),
                new InitCommand(), new ConvertCommand(), new Generated.Completion(),
                new Generated.InventoryNames(), new Generated.Man())
                .forEach(c -> line.addSubcommand(c.with(operations, processes, console)));
        line.addSubcommand(DnsCommands.all(operations, processes, console));
        line.addSubcommand(ClusterCommands.all(operations, processes, console));
        line.addSubcommand(TokenCommands.all(operations, processes, console));
        return line;
    }

    /**
     * Runs a command line and returns its exit code. Blocks until the command ends; a failure is printed, not thrown.
     */
    public static int run(List<String> args, Operations operations, Processes processes, Console console) {
        CommandLine line = commands(operations, processes, console);
        line.setExpandAtFiles(false); // the daemon must not read files for a caller
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(Math.max(60, Math.min(100, console.width())));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        Failures failures = new Failures(args, console);
        line.setParameterExceptionHandler((e, a) -> failures.usage(e));
        line.setExecutionExceptionHandler((e, l, r) -> failures.failed(e));
        return line.execute(withMove(withHelp(args), line.getSubcommands().keySet()).toArray(String[]::new));
    }

    /** "help" is "--help", and "help COMMAND" is "COMMAND --help". */
    private static List<String> withHelp(List<String> args) {
        int at = 0;
        while (at < args.size() && WITH_VALUE.contains(args.get(at))) {
            at += 2;
        }
        if (at >= args.size() || !args.get(at).equals("help")) {
            return args;
        }
        return Stream.concat(args.stream().skip(at + 1L).limit(1), Stream.of("--help")).toList();
    }

    /** Inserts the word "move" into "X to Y": the most frequent command has no name of its own. */
    static List<String> withMove(List<String> args, Set<String> commands) {
        for (int i = 0; i < args.size(); i++) {
            if (WITH_VALUE.contains(args.get(i))) {
                i++;
            } else if (!args.get(i).startsWith("-")) {
                boolean move = !commands.contains(args.get(i)) && args.subList(i, args.size()).contains("to");
                List<String> named = new ArrayList<>(args);
                if (move) {
                    named.add(i, "move");
                }
                return named;
            }
        }
        return args;
    }
}
