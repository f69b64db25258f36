package net.reroute.simulation.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The three streams of a command.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param terminal of the session; empty: none
 */
record ShellIo(InputStream in, OutputStream out, OutputStream err, Optional<LinuxTerminal> terminal) {

    private static final int LONGEST_LINE = 1 << 20;

    ShellIo withIn(InputStream other) {
        return new ShellIo(other, out, err, terminal);
    }

    ShellIo withOut(OutputStream other) {
        return new ShellIo(in, other, err, terminal);
    }

    ShellIo withErr(OutputStream other) {
        return new ShellIo(in, out, other, terminal);
    }

    void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    void printErr(String text) throws IOException {
        err.write(text.getBytes(StandardCharsets.UTF_8));
        err.flush();
    }

    /** True if the standard input is the terminal. */
    boolean interactive() {
        return terminal.isPresent() && in == terminal.get().in();
    }

    /**
     * Waits this long.
     *
     * @throws IOException if the client hung up
     * @throws LinuxTerminal.Break if Ctrl-C was typed
     */
    void pause(long millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            if (terminal.isPresent()) {
                terminal.get().listen();
            }
            try {
                Thread.sleep(Math.min(left, 20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("hung up");
            }
        }
    }

    /** The whole content of a stream, as text. */
    static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads a line with its end, byte by byte: the rest stays for the next reader. Empty at the end of the stream. */
    static Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.write(c);
            if (c == '\n') {
                break;
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line without end");
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}
