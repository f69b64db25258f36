package net.reroute.redirect.route.cli;

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
    private final int piece;
    private String prompt = "";
    private final PipedOutputStream typed = new PipedOutputStream();
    private final PipedInputStream keyboard;
    private final PipedOutputStream screen = new PipedOutputStream();
    private final PipedInputStream shown;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    /** @param piece how many bytes are sent at a time, at most */
    RecordedDevice(Recording recording, int piece) throws IOException {
        this.recording = recording;
        this.piece = piece;
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
                    prompt = Recording.raw(line.substring(2));
                    show(prompt.getBytes(StandardCharsets.ISO_8859_1));
                } else if (!answers(line.substring(2))) {
                    return;
                }
            }
            String more = heard(PIPE);
            outcome.complete(more.isEmpty() ? "" : "typed after the end: '" + more + "'");
        } catch (IOException e) {
            outcome.complete("broken off: " + e.getMessage());
        }
    }

    private void show(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += piece) {
            screen.write(bytes, from, Math.min(piece, bytes.length - from));
            screen.flush();
        }
    }

    private boolean answers(String recorded) throws IOException {
        String expected = Recording.keys(recorded);
        String heard = heard(expected.length());
        while (heard.equals("\r") && !expected.equals("\r")) {
            show(("\r\n" + prompt).getBytes(StandardCharsets.ISO_8859_1)); // a return brings the prompt again, at any time
            heard = heard(expected.length());
        }
        if (!heard.equals(expected)) {
            outcome.complete("typed '" + heard.strip() + "' where '" + recorded + "' is recorded");
        }
        return heard.equals(expected);
    }

    /** A line with its return, or so much of it; less where the session was closed. */
    private String heard(int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = keyboard.read(); c >= 0; c = keyboard.read()) {
            line.append((char) c);
            if (c == '\r' || line.length() == most) {
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
