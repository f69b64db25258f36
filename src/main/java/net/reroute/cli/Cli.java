package net.reroute.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.core.Names;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.Operations;
import net.reroute.operations.UnknownNameException;
import net.reroute.redirect.RedirectException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * Runs a command line. Exit codes: 0 done, 1 refused, 2 usage or bad inventory, 3 unreachable, 4 put back, 5 partly, 6
 * no daemon.
 */
public final class Cli {

    private static final Set<String> WITH_VALUE = Set.of("--home", "--state");

    /** The program itself, and the options that may stand before or after every command. */
    @Command(name = "reroute", description = "Keeps web sites up by moving routes.", synopsisHeading = "Usage: reroute PREFIX|SERVICE to SERVER [OPTIONS]%n       ", mixinStandardHelpOptions = false, versionProvider = Version.class, footer = {
            "",
            "Exit codes: 0 done, 1 refused, 2 usage or bad inventory, 3 could not be reached,",
            "4 not verified and put back, 5 partly applied, 6 status: no daemon watches."})
    static final class Root implements Runnable {

        @Option(names = "--home", paramLabel = "FOLDER", scope = ScopeType.INHERIT, description = "Folder with inventory/ (default: $REROUTE_HOME, /etc/reroute, or here).")
        String home;

        @Option(names = "--state", paramLabel = "FOLDER", scope = ScopeType.INHERIT, description = "Folder of the journal and the daemon's socket.")
        String state;

        @Option(names = {"-h",
                "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Tell about the command.")
        boolean help;

        @Option(names = {"-V",
                "--version"}, versionHelp = true, scope = ScopeType.INHERIT, description = "Tell the version.")
        boolean version;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "say what to do, for instance 'reroute status'");
        }
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Cli.class.getPackage().getImplementationVersion();
            return new String[]{"reroute " + (version == null ? "(not packaged)" : version)};
        }
    }

    private Cli() {}

    /** All commands. Help, completion and the manual page are made from them. */
    static CommandLine commands(Operations operations, Processes processes, Console console) {
        CommandLine line = new CommandLine(new Root());
        List.of(new MoveCommands.Move(), new MoveCommands.Release(), new MoveCommands.Drain(),
                new MoveCommands.Undrain(), new MoveCommands.Undo(), new ReadCommands.Status(),
                new ReadCommands.Plan(), new ReadCommands.Explain(), new ReadCommands.History(),
                new ReadCommands.Validate(), new ModeCommands.Pause(), new ModeCommands.Resume(),
                new ModeCommands.Reload(), new ModeCommands.Daemon(), new PlaybookCommands.Play(),
                new ReadCommands.Jobs(), new PlaybookCommands.Drill(), new ReadCommands.Doctor(),
                new ModeCommands.Rehearse(), new ModeCommands.Switch(), new ReadCommands.Recording(),
                new Generated.Completion(),
                new Generated.Man()).forEach(c -> line.addSubcommand(c.with(operations, processes, console)));
        line.addSubcommand(DnsCommands.all(operations, processes, console));
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
        line.setParameterExceptionHandler((e, a) -> usage(e, console));
        line.setExecutionExceptionHandler((e, l, r) -> failed(e, console));
        return line.execute(withMove(withHelp(args), line.getSubcommands().keySet()).toArray(String[]::new));
    }

    /** "help" is "--help", and "help COMMAND" is "COMMAND --help". */
    private static List<String> withHelp(List<String> args) {
        if (args.isEmpty() || !args.getFirst().equals("help")) {
            return args;
        }
        return Stream.concat(args.stream().skip(1).limit(1), Stream.of("--help")).toList();
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

    private static int usage(ParameterException e, Console console) {
        String message = e.getMessage().lines().findFirst().orElse("that is not understood");
        return usage(e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                        ? unknown(unmatched.getUnmatched().getFirst(), e.getCommandLine())
                        : message,
                console);
    }

    private static String unknown(String word, CommandLine line) {
        boolean option = word.startsWith("-");
        List<String> known = new ArrayList<>(line.getSubcommands().keySet());
        known.addAll(line.getCommandSpec().optionsMap().keySet());
        String meant = Names.didYouMean(word, known);
        String move = option || !meant.isEmpty() ? "" : "; to move something write: reroute " + word + " to SERVER";
        return "unknown " + (option ? "option" : "command") + " '" + word + "'" + meant + move;
    }

    private static int usage(String message, Console console) {
        console.err().println("reroute: " + message + (message.endsWith("?") ? " " : "; ")
                + "'reroute --help' tells what there is");
        return ExitCodes.USAGE;
    }

    private static int failed(Exception e, Console console) {
        switch (e) {
            case BadInventoryException bad -> {
                bad.problems().forEach(console.err()::println);
                return ExitCodes.USAGE;
            }
            case UnknownNameException unknown -> {
                return usage(unknown.getMessage(), console);
            }
            case RequestRefusedException refusal -> console.err().println("reroute: " + refusal.getMessage());
            case RedirectException device -> {
                console.err().println("reroute: " + device.getMessage());
                return device.refused() ? ExitCodes.REFUSED : ExitCodes.UNREACHABLE;
            }
            case IOException io -> console.err().println("reroute: " + io.getMessage());
            default -> {
                console.err().println("reroute: internal error (please report it): " + e);
                e.printStackTrace(console.err());
            }
        }
        return ExitCodes.REFUSED;
    }
}
