package net.reroute.router;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import net.reroute.ssh.Connection.Remote;

/**
 * Plays a recording to whoever types what was typed then. At the first line that differs it hangs up, and nothing may be
 * typed once it is at its end.
 */
final class RecordedDevice implements AutoCloseable {

    private static final int PIPE = 1 << 16;

    private final Recording recording;
    private final PipedOutputStream typed = new PipedOutputStream();
    private final PipedInputStream keyboard;
    private final PipedOutputStream screen = new PipedOutputStream();
    private final PipedInputStream shown;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    RecordedDevice(Recording recording) throws IOException {
        this.recording = recording;
        this.keyboard = new PipedInputStream(typed, PIPE);
        this.shown = new PipedInputStream(screen, PIPE);
        Thread.ofVirtual().name("recorded-device").start(this::play);
    }

    Remote remote() {
        return new Remote(typed, shown, InputStream.nullInputStream(), this::close);
    }

    private void play() {
        try (screen) {
            for (String line : recording.lines()) {
                if (line.startsWith("< ")) {
                    screen.write(Recording.raw(line.substring(2)).getBytes(StandardCharsets.ISO_8859_1));
                    screen.flush();
                } else if (!answers(line.substring(2))) {
                    return;
                }
            }
            String more = heard();
            outcome.complete(more.isEmpty() ? "" : "typed after the end: '" + more + "'");
        } catch (IOException e) {
            outcome.complete("broken off: " + e.getMessage());
        }
    }

    private boolean answers(String expected) throws IOException {
        String heard = heard();
        if (!heard.equals(expected + "\r")) {
            outcome.complete("typed '" + heard.strip() + "' where '" + expected + "' is recorded");
        }
        return heard.equals(expected + "\r");
    }

    /** A line with its return; what came of it where the session was closed. */
    private String heard() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = keyboard.read(); c >= 0; c = keyboard.read()) {
            line.append((char) c);
            if (c == '\r') {
                break;
            }
        }
        return line.toString();
    }

    /** Empty if all of the recording was typed, and nothing else. */
    String complaint() {
        close();
        return outcome.join();
    }

    @Override
    public void close() {
        try {
            typed.close();
        } catch (IOException e) {
            outcome.complete("not closed: " + e.getMessage());
        }
    }
}
