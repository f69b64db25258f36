package net.reroute.app;

import java.time.Duration;

/** The program. */
public final class Main {

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private Main() {}

    public static void main(String[] args) {
        int code = Start.run(args);
        LogLines.flush(LAST_WORDS);
        System.exit(code);
    }
}
