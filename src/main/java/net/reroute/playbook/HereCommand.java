package net.reroute.playbook;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Durations;

/** A command on this machine, in a session of its own, so that all it starts can be ended with it. */
final class HereCommand {

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** Nothing else of our environment: passwords may stand there. */
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ",
            "REROUTE_JAVA_HOME", "JAVA_HOME");
    private static final Duration DYING = Duration.ofMillis(500);

    private HereCommand() {}

    static Ran run(List<String> words, Map<String, String> environment, Duration within) {
        long until = System.nanoTime() + within.toNanos();
        Process process;
        try {
            process = start(words, environment);
        } catch (IOException e) {
            return Ran.not(Ran.Kind.NOT_RUN, words.getFirst() + " cannot be run here: " + e.getMessage());
        }
        Capture capture = Capture.of(process.getInputStream());
        try {
            if (process.waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                // What it left running may keep the stream open; what was printed by now is what counts.
                capture.await(end -> false, Math.min(until, System.nanoTime() + DYING.toNanos()));
                return Ran.ended(process.exitValue(), capture.text());
            }
            kill(process);
            return Ran.not(Ran.Kind.TOO_LATE, capture.text() + "\ndid not end within " + Durations.text(within)
                    + " and was ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill(process);
            return Ran.not(Ran.Kind.TOO_LATE, "was ended, since reroute ends");
        }
    }

    private static Process start(List<String> words, Map<String, String> environment) throws IOException {
        List<String> all = new ArrayList<>(words);
        if (Files.isExecutable(SETSID)) {
            if (isMissing(words.getFirst())) {
                throw new IOException("there is no such program");
            }
            all.addFirst(SETSID.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** As execvp(3) looks for it. */
    private static boolean isMissing(String program) {
        if (program.contains("/")) {
            return !Files.isExecutable(Path.of(program));
        }
        return List.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")).stream()
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            Process kill = new ProcessBuilder("kill", "-s", "KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            try (OutputStream in = kill.getOutputStream()) {
                in.flush();
            }
            kill.waitFor(1, TimeUnit.SECONDS);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
