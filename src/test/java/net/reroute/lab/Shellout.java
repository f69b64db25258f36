package net.reroute.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs commands of this machine. */
public final class Shellout {

    private static final int PATIENCE_SECONDS = 240;

    /**
     * @param status exit status
     * @param text what it printed, both streams together
     */
    public record Done(int status, String text) {}

    private Shellout() {}

    /** Runs a command to its end, whatever that is. */
    public static Done attempt(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return ended(process, PATIENCE_SECONDS, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end of a process, and for all that it prints; one that does not end is told of with its stacks. */
    static Done ended(Process process, int seconds, Object what) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        FutureTask<Integer> end = new FutureTask<>(() -> {
            process.getInputStream().transferTo(text);
            return process.waitFor();
        });
        Thread.ofVirtual().start(end);
        try {
            return new Done(end.get(seconds, TimeUnit.SECONDS), text.toString(StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            String stacks = Stacks.of(process.toHandle());
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("no end of " + what + " within " + seconds + " s; it printed:\n"
                    + text.toString(StandardCharsets.UTF_8) + stacks, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command that must succeed. */
    public static String run(String... command) {
        Done done = attempt(List.of(command));
        if (done.status() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + done.text());
        }
        return done.text();
    }
}
