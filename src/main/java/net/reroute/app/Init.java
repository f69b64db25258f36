package net.reroute.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.api.Client;
import net.reroute.api.Request;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.cli.Processes.Beginning;
import net.reroute.core.Durations;
import net.reroute.operations.DirectOperations;
import net.reroute.setup.Incomplete;
import net.reroute.setup.Questions;
import net.reroute.setup.Setup;
import net.reroute.ssh.Permissions;

/** The first steps: the set-up, then the daemon with it, the doctor, and a while of watching. */
final class Init {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final String UNIT = "reroute.service";
    /** Is there where systemd is the first process (sd_booted(3)). */
    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    private static final Duration FOR_THE_DAEMON = Duration.ofSeconds(20);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Paths paths;
    private final Console console;
    private final PrintStream out;
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Init(Paths paths, Console console) {
        this.paths = paths;
        this.console = console;
        this.out = console.out();
    }

    /** The paths that a set-up works on. Without --home, root sets up the system's own. */
    static Paths where(Paths paths) {
        return !paths.named() && Permissions.me() == 0 ? Paths.system() : paths;
    }

    /** Returns the exit code. */
    static int run(Paths paths, Beginning beginning, Console console) throws IOException {
        return new Init(paths, console).run(beginning);
    }

    private int run(Beginning beginning) throws IOException {
        Setup.Request request = new Setup.Request(beginning.routers(), beginning.servers(), beginning.dialect(),
                beginning.fingerprints());
        try {
            if (!Files.isDirectory(paths.home())) {
                Files.createDirectories(paths.home(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            }
            Optional<String> objection = Permissions.me() == 0 ? Setup.objection(paths.home()) : Optional.empty();
            if (objection.isPresent()) {
                console.err().println("reroute: " + objection.get());
                return REFUSED;
            }
            Setup.Made made = new Setup(paths.home(), request, questions(), out).run();
            return made.isRead() ? begin(made, beginning.watch()) : compare(made);
        } catch (Incomplete e) {
            console.err().println("reroute: " + e.getMessage());
            return REFUSED;
        } catch (FileSystemException e) {
            console.err().println("reroute: " + paths.home() + " cannot be set up (" + e.getClass().getSimpleName()
                    .replaceFirst("Exception$", "") + " " + e.getMessage() + "); name a folder with --home that "
                    + System.getProperty("user.name") + " may write to");
            return REFUSED;
        }
    }

    private int compare(Setup.Made made) {
        out.println("What is in use was left as it is. Take from " + made.inventory()
                + " what you want: it is not read where it lies.");
        return DONE;
    }

    private int begin(Setup.Made made, Duration watch) throws IOException {
        boolean unit = hasUnit();
        boolean daemon = daemon(unit, made.isNew());
        out.println("doctor");
        here(daemon, List.of("doctor"));
        if (daemon) {
            watch(watch);
        } else {
            out.println("plan");
            here(false, List.of("plan"));
        }
        out.println("next");
        if (!daemon) {
            next(unit ? "systemctl restart reroute" : reroute("daemon"),
                    unit ? "the daemon does not run; its journal tells why" : "no daemon runs yet");
        }
        next(reroute("status"), "where everything is");
        next(reroute("resume"), "act, though the inventory says observe");
        next(reroute(made.services().getFirst() + " to SERVER --because TEXT"), "a first move by hand");
        if (daemon && unit && !runs("systemctl", "--quiet", "is-enabled", UNIT)) {
            next("systemctl enable reroute", "start it with the machine");
        }
        return unit && !daemon ? REFUSED : DONE;
    }

    private void next(String command, String meaning) {
        out.printf("  %-44s %s%n", command, meaning);
    }

    /** A command for this home, wherever it is typed. */
    private String reroute(String words) {
        return "reroute " + paths.options() + words;
    }

    private boolean hasUnit() throws IOException {
        return paths.isSystem() && Permissions.me() == 0 && Files.isDirectory(SYSTEMD)
                && runs("systemctl", "cat", UNIT);
    }

    /**
     * Has the daemon use what was written. Returns false if none runs.
     *
     * @param isNew true if there is something that an earlier start cannot have read
     */
    private boolean daemon(boolean unit, boolean isNew) throws IOException {
        out.println("daemon");
        boolean answers = answers();
        if (unit && (isNew || !answers)) {
            out.println("  systemctl restart " + UNIT + ", which hands it the key");
            if (!runs("systemctl", "restart", UNIT)) {
                out.println("  it did not start: 'journalctl -u reroute' tells why");
                return false;
            }
            return awaits();
        }
        if (!answers) {
            out.println("  none runs here");
            return false;
        }
        here(true, List.of("reload"));
        return true;
    }

    private boolean awaits() {
        long end = System.nanoTime() + FOR_THE_DAEMON.toNanos();
        while (System.nanoTime() < end) {
            if (answers()) {
                return true;
            }
            pause(BETWEEN);
        }
        out.println("  it does not answer yet: 'reroute status' tells more");
        return false;
    }

    private static boolean runs(String... words) throws IOException {
        try {
            return new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no systemd here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void watch(Duration time) throws IOException {
        out.println("watching for " + Durations.text(time) + " what it would do"
                + (System.console() == null ? "" : "; Enter ends that"));
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end && !(System.console() != null && System.in.available() > 0)) {
            pause(BETWEEN);
        }
        here(true, List.of("history", "--since", "2m"));
        here(true, List.of("plan"));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void here(boolean daemon, List<String> words) throws IOException {
        if (daemon) {
            Client.ask(paths.socket(), request(words), console.out(), console.err());
        } else {
            Cli.run(words, new DirectOperations(new AdHocAccess(paths)), new LocalProcesses(paths), console);
        }
    }

    private Request request(List<String> words) {
        return new Request(words, paths.home().toString(), console.width(), console.colour(), "");
    }

    private boolean answers() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        try {
            Client.ask(paths.socket(), request(List.of("status", "--fields", "headline")), nowhere, nowhere);
            return true;
        } catch (IOException e) {
            return false; // the caller says so
        }
    }

    private Questions questions() {
        return new Questions() {
            @Override
            public Optional<String> line(String question) {
                out.print(question);
                out.flush();
                try {
                    return Optional.ofNullable(in.readLine());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public Optional<String> secret(String question) {
                return System.console() == null
                        ? line(question)
                        : Optional.ofNullable(System.console().readPassword("%s", question)).map(String::new);
            }
        };
    }
}
