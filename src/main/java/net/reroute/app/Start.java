package net.reroute.app;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.reroute.api.Client;
import net.reroute.api.Request;
import net.reroute.api.SilentException;
import net.reroute.cli.Console;
import net.reroute.cli.ExitCodes;
import net.reroute.cli.Failures;
import net.reroute.cli.Harmless;
import net.reroute.core.Actor;
import net.reroute.ssh.Permissions;

/**
 * Passes the command to the daemon if there is one, else runs it here. A request to the daemon is fast, since it loads
 * no library.
 */
final class Start {

    /** Commands that run in this process: they are about local files and processes. */
    private static final Set<String> LOCAL = Set.of("validate", "init", "convert", "rehearse", "daemon",
            "switch", "completion", "man");
    /** Those of them that need no home. */
    private static final Set<String> ANYWHERE = Set.of("completion", "man", "convert");
    /** Those that remain the user that typed them: the daemon, and what reads and writes files of that user. */
    private static final Set<String> AS_CALLED = Set.of("daemon", "init", "convert");
    private static final Set<String> HELP = Set.of("--help", "-h", "--version", "-V");
    private static final int REFUSED = 1;
    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
    private static final int LEAST = 8;

    private static volatile boolean answered;

    private Start() {}

    /** True if the daemon has done it: then nothing began in this process that would have to end. */
    static boolean isAnswered() {
        return answered;
    }

    static int run(String[] args) {
        ProgramStart.isNow();
        Map<String, String> environment = System.getenv();
        String command = CommandWords.command(args);
        Paths named = Paths.of(args, environment);
        Paths paths = command.equals("init") ? Init.where(named) : named;
        if (command.equals("daemon") || command.equals("switch")) {
            System.setProperty(LogSetup.LEVEL, "INFO"); // a command itself says what it did
            Optional.ofNullable(Paths.value(args, "--log-format", null))
                    .ifPresent(f -> System.setProperty(LogSetup.FORMAT, f));
            roomForThreads();
        }
        boolean help = command.isEmpty() || HELP.stream().anyMatch(List.of(args)::contains);
        Optional<String> stranger = help ? Optional.empty() : Caller.objection(paths);
        if (stranger.isPresent()) {
            return tell(args, stranger.get(), REFUSED);
        }
        Permissions.trustOwnerOf(paths.home());
        if (!help && command.equals("status") && List.of(args).contains("--watch") && isGood(args)) {
            return watch(args, paths, environment);
        }
        Path unread = paths.home().resolve("inventory");
        boolean closed = !help && Files.exists(paths.home()) && !Files.isReadable(unread) && isDenied(unread);
        // Who may not read the files may still have the daemon look at them.
        boolean asked = closed && command.equals("validate") && names(args) == 1;
        boolean local = help || LOCAL.contains(command) && !asked;
        if (!local) {
            OptionalInt answer = askDaemon(paths, args, environment);
            if (answer.isPresent()) {
                return answer.getAsInt();
            }
        }
        if (closed && !ANYWHERE.contains(command)) {
            return tell(args, denied(paths.home(), paths.home()), REFUSED);
        }
        if (!help && !AS_CALLED.contains(command)) {
            Caller.become(paths); // before a file of its owner is opened
        }
        Optional<SilentDaemon> silent = !help && command.equals("status")
                ? SilentDaemon.behindClosedDoors(paths.state())
                : Optional.empty();
        if (silent.isPresent()) {
            return tell(args, silent.get().closed(), ExitCodes.NO_DAEMON);
        }
        if (!help && paths.isOfARehearsalThatIsOver() && !command.equals("validate") && !command.equals("convert")) {
            return tell(args, paths.home() + " belongs to a rehearsal, and that is over; nothing was done", REFUSED);
        }
        Natives.find(paths);
        return LocalRunner.run(List.of(args), paths, width(environment), colour(environment));
    }

    /** What cannot be watched is told by the command itself. */
    private static boolean isGood(String[] args) {
        return List.of("--json", "--check").stream().noneMatch(List.of(args)::contains);
    }

    private static int watch(String[] args, Paths paths, Map<String, String> environment) {
        try {
            Watching.run(List.of(args), paths, environment);
            return 0;
        } catch (IOException e) {
            return tell(args, "this terminal cannot show a screen that stays (" + e.getMessage()
                    + "); 'reroute status --watch | cat' prints lines", REFUSED);
        }
    }

    /**
     * Virtual threads share a few carrier threads, one per processor. A native call that hangs pins its carrier; on a
     * small machine two of them would stop every check. The property has an effect only before the first virtual
     * thread.
     */
    private static void roomForThreads() {
        if (System.getProperty(PARALLELISM) == null) {
            System.setProperty(PARALLELISM,
                    Integer.toString(Math.max(LEAST, Runtime.getRuntime().availableProcessors())));
        }
    }

    private static OptionalInt askDaemon(Paths paths, String[] args, Map<String, String> environment) {
        try {
            Request request = new Request(List.of(args), Path.of("").toAbsolutePath().toString(), width(environment),
                    colour(environment), environment.getOrDefault(Request.PLAYBOOK, ""));
            int code = Client.ask(paths.socket(), request, Harmless.of(System.out, colour(environment)),
                    Harmless.of(System.err, colour(environment)));
            answered = true;
            return OptionalInt.of(code);
        } catch (ConnectException e) {
            return OptionalInt.empty(); // a killed daemon left the socket behind; the lock decides
        } catch (SilentException e) {
            return OptionalInt.of(tell(args, SilentDaemon.of(paths.state()).sentence(e.isAsked()),
                    CommandWords.command(args).equals("status") ? ExitCodes.NO_DAEMON : REFUSED));
        } catch (IOException e) {
            return notAsked(paths, e, args);
        }
    }

    /** The common case loads no library. */
    private static int tell(String[] args, String sentence, int code) {
        List<String> words = List.of(args);
        if (words.contains("--json") || words.contains("--check")) {
            return new Failures(words, new Console(System.out, System.err, width(System.getenv()), false,
                    new Actor.Human(Caller.WHO, ""))).tell(sentence, code);
        }
        System.err.println("reroute: " + sentence);
        return code;
    }

    private static OptionalInt notAsked(Paths paths, IOException e, String[] args) {
        if (!Files.exists(paths.socket(), LinkOption.NOFOLLOW_LINKS) && mayRead(paths.state())) {
            return OptionalInt.empty(); // no daemon
        }
        boolean denied = e instanceof AccessDeniedException
                || String.valueOf(e.getMessage()).contains("ermission denied")
                || !mayRead(paths.state());
        boolean ended = e.getCause() instanceof EOFException;
        String silence = ended
                ? e.getMessage() + "; 'reroute history' tells what was done"
                : "the daemon does not answer (" + e.getMessage() + "); nothing was changed";
        return OptionalInt.of(tell(args, denied ? denied(paths) : silence, REFUSED));
    }

    private static boolean mayRead(Path state) {
        return !Files.exists(state) || Files.isExecutable(state);
    }

    /** True if the folder is there, as far as can be seen, and its rights keep this user out. */
    private static boolean isDenied(Path folder) {
        try {
            Files.newDirectoryStream(folder).close();
            return false;
        } catch (AccessDeniedException e) {
            return true;
        } catch (IOException e) {
            return false; // a later step says what is missing
        }
    }

    /** How many words are neither options nor values of --home, --state and --fields. */
    private static long names(String[] args) {
        String command = CommandWords.command(args);
        List<String> after = List.of(args).subList(List.of(args).indexOf(command), args.length);
        return after.stream().filter(a -> !a.startsWith("-")).count();
    }

    private static String denied(Paths paths) {
        return denied(paths.state(), Files.exists(paths.socket()) ? paths.socket() : paths.state());
    }

    /** @param of the file whose group may use it */
    private static String denied(Path folder, Path of) {
        String user = System.getProperty("user.name");
        String group = "its group";
        try {
            group = Files.readAttributes(of, PosixFileAttributes.class).group().getName();
        } catch (NoSuchFileException e) {
            group = "reroute";
        } catch (IOException e) {
            group = "its group";
        }
        if (group.equals("root")) {
            return "you may not read " + folder
                    + ", which is root's; run it as root, or give that folder to the group"
                    + " of your admins: chgrp -R GROUP " + folder;
        }
        return "you may not read " + folder + "; have yourself added to the group " + group + ": usermod -aG "
                + group + " " + user + ", then log in again";
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        int width = columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : 80;
        return Math.max(40, width);
    }

    private static boolean colour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"))
                && "1".equals(environment.get("REROUTE_TERMINAL"));
    }
}
