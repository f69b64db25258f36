package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands of this machine. */
public final class Shellout {

    private static final int PATIENCE_SECONDS = 120;

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
            byte[] text = process.getInputStream().readAllBytes();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end of " + command);
            }
            return new Done(process.exitValue(), new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
