package net.reroute.app;

import java.time.Duration;
import java.util.Optional;
import net.reroute.cli.Harmless;

/** The main class. */
public final class Main {

    /** Exit status of a command that succeeded, but whose output could not be written in full. */
    private static final int NOT_TOLD = 1;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private Main() {}

    public static void main(String[] args) {
        int status = run(args);
        if (Start.isAnswered()) {
            // Without the JDK's log of exits, which opens every jar to look for a logger.
            Runtime.getRuntime().halt(status);
        }
        System.exit(status);
    }

    /** Runs a command. Returns the exit status. */
    static int run(String[] args) {
        Output output = Output.install();
        System.setErr(Harmless.of(System.err, true)); // messages quote file names and answers from elsewhere
        int code = Start.run(args);
        Optional<String> trouble = output.trouble();
        trouble.ifPresent(t -> System.err.println("reroute: not all of the answer could be written: " + t));
        if (!Start.isAnswered()) {
            LogLines.flush(LAST_WORDS);
        }
        return code == 0 && trouble.isPresent() ? NOT_TOLD : code;
    }
}
