package net.reroute.app;

import java.time.Duration;
import java.util.Optional;
import net.reroute.cli.Harmless;

/** The program. */
public final class Main {

    /** It was done, and the answer is not whole. */
    private static final int NOT_TOLD = 1;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private Main() {}

    public static void main(String[] args) {
        Output output = Output.install();
        System.setErr(Harmless.of(System.err, true)); // names of files and what others say stand in the sentences there
        int code = Start.run(args);
        Optional<String> trouble = output.trouble();
        trouble.ifPresent(t -> System.err.println("reroute: not all of the answer could be written: " + t));
        LogLines.flush(LAST_WORDS);
        System.exit(code == 0 && trouble.isPresent() ? NOT_TOLD : code);
    }
}
