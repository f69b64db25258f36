package net.reroute.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.reroute.api.Client;
import net.reroute.api.Request;
import net.reroute.terminal.Asker;
import net.reroute.terminal.LiveScreen;
import net.reroute.terminal.PlainWatch;

/** Runs 'status --watch': it stays in the caller's terminal, and asks the daemon again and again. */
final class Watching {

    private static final int NO_ANSWER = 6;

    private Watching() {}

    /** @param args as typed */
    static void run(List<String> args, Paths paths, Map<String, String> environment) throws IOException {
        List<String> words = new ArrayList<>(args);
        words.remove("--watch");
        Asker asker = (command, width, colour) -> ask(paths, command, width, colour);
        boolean full = "1".equals(environment.get("REROUTE_TERMINAL"))
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        if (full) {
            LiveScreen.show(asker, words);
        } else {
            new PlainWatch(asker, words, System.out).run();
        }
    }

    private static Asker.Answer ask(Paths paths, List<String> command, int width, boolean colour) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
        try {
            int code = Client.ask(paths.socket(),
                    new Request(command, Path.of("").toAbsolutePath().toString(), width, colour, ""), out, err);
            ByteArrayOutputStream told = bytes.size() > 0 ? bytes : errors;
            return new Asker.Answer(code, told.toString(StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            return new Asker.Answer(NO_ANSWER, List.of("no daemon answers at " + paths.socket() + " ("
                    + e.getMessage() + "); trying on"));
        }
    }
}
