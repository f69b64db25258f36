package net.reroute.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command on this machine, in a process session of its own, so that everything it starts can be stopped with it.
 */
public final class LocalCommand {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCommand.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** The only variables a command inherits: the environment may hold passwords. */
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ",
            "REROUTE_JAVA_HOME", "JAVA_HOME");
    private static final Duration DYING = Duration.ofMillis(500);

    private LocalCommand() {}

    /**
     * Runs a command until it ends or its time is over; an interrupt ends it too. Failures are results, not exceptions.
     *
     * @param input for its standard input
     */
    public static CommandResult run(List<String> words, Map<String, String> environment, String input,
            Duration within) {
        long until = System.nanoTime() + within.toNanos();
        Process process;
        try {
            process = start(words, environment);
        } catch (IOException e) {
            return CommandResult.not(CommandResult.Ending.NOT_RUN,
                    words.getFirst() + " cannot be run here: " + e.getMessage());
        }
        Capture capture = Capture.of(process.getInputStream());
        // writing to a pipe pins the carrier of a virtual thread, and there are only as many as processors
        Thread.ofPlatform().daemon().name("feed").start(() -> feed(process, input));
        try {
            if (process.waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                // a child that still runs may keep the stream open; only output up to now counts
                capture.await(end -> false, Math.min(until, System.nanoTime() + DYING.toNanos()));
                close(process);
                return CommandResult.ended(process.exitValue(), capture.text());
            }
            kill(process);
            return CommandResult.not(CommandResult.Ending.TOO_LATE,
                    capture.text() + "\ndid not end within " + Durations.text(within)
                            + " and was ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill(process);
            return CommandResult.not(CommandResult.Ending.TOO_LATE, "was ended, since reroute ends");
        }
    }

    private static Process start(List<String> words, Map<String, String> environment) throws IOException {
        List<String> all = new ArrayList<>(words);
        if (Files.isExecutable(SETSID)) {
            if (isMissing(words.getFirst(), environment)) {
                throw new IOException("there is no such program");
            }
            all.addFirst(SETSID.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Closes the stream: a child that still runs may write without end. */
    private static void close(Process process) {
        Thread.ofPlatform().daemon().name("leave").start(() -> {
            try {
                process.getInputStream().close();
            } catch (IOException e) {
                LOG.debug("a pipe could not be closed", e);
            }
        });
    }

    private static void feed(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("a command did not read its input to the end", e);
        }
    }

    /** Searches as execvp(3) does. */
    private static boolean isMissing(String program, Map<String, String> environment) {
        if (program.contains("/")) {
            return !Files.isExecutable(Path.of(program));
        }
        String path = environment.getOrDefault("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        return List.of(path.split(":")).stream()
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
