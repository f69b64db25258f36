package net.reroute.simulation.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** The terminal of a session: echo, line editing, Ctrl-C, and a carriage return before every line feed. */
final class LinuxTerminal {

    /** Ctrl-C was typed. */
    static final class Break extends IOException {

        private static final long serialVersionUID = 1;

        Break() {
            super("interrupted from the keyboard");
        }
    }

    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int CTRL_U = 21;
    private static final int ESCAPE = 27;

    private final InputStream raw;
    private final OutputStream out;
    private final InputStream cooked = new Cooked();
    private final Deque<Integer> ahead = new ArrayDeque<>();

    LinuxTerminal(InputStream raw, OutputStream rawOut) {
        this.raw = raw;
        this.out = new CarriageReturns(rawOut);
    }

    /** The input of commands: whole lines, echoed. */
    InputStream in() {
        return cooked;
    }

    OutputStream out() {
        return out;
    }

    /**
     * Called while a command runs: stores typed keys for later.
     *
     * @throws Break if Ctrl-C was typed
     */
    void listen() throws IOException {
        while (raw.available() > 0) {
            int c = raw.read();
            if (c == CTRL_C) {
                ahead.clear();
                write("^C");
                throw new Break();
            }
            ahead.add(c);
        }
    }

    private int key() throws IOException {
        return ahead.isEmpty() ? raw.read() : ahead.poll();
    }

    /** Prints a prompt, and reads a line with its end. Empty at Ctrl-D on an empty line, or if the client hung up. */
    Optional<String> line(String prompt) throws IOException {
        write(prompt);
        Line line = new Line();
        for (int c = key(); c >= 0; c = key()) {
            if (c == '\r' || c == '\n') {
                write("\n");
                return Optional.of(line.text() + "\n");
            }
            if (c == CTRL_C) {
                write("^C");
                throw new Break();
            }
            if (c == CTRL_D && line.isEmpty()) {
                return Optional.empty();
            }
            edit(line, c);
            out.flush();
        }
        return Optional.empty();
    }

    private void edit(Line line, int c) throws IOException {
        if (c == 8 || c == 127) {
            erase(line);
        } else if (c == CTRL_U) {
            while (!line.isEmpty()) {
                erase(line);
            }
        } else if (c == ESCAPE) {
            skipSequence();
        } else if (c >= ' ') {
            line.add(c);
            out.write(c);
        }
    }

    private void erase(Line line) throws IOException {
        if (!line.isEmpty()) {
            line.removeLast();
            write("\b \b");
        }
    }

    /** Ignores arrow keys and the like. */
    private void skipSequence() throws IOException {
        if (key() == '[') {
            int c = key();
            while (c >= 0 && (c < '@' || c > '~')) {
                c = key();
            }
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The bytes of a line. A backspace removes a whole character of UTF-8. */
    private static final class Line {

        private byte[] bytes = new byte[0];

        void add(int c) {
            bytes = Arrays.copyOf(bytes, bytes.length + 1);
            bytes[bytes.length - 1] = (byte) c;
        }

        void removeLast() {
            int end = bytes.length - 1;
            while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
                end--;
            }
            bytes = Arrays.copyOf(bytes, end);
        }

        boolean isEmpty() {
            return bytes.length == 0;
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private final class Cooked extends InputStream {

        private byte[] line = new byte[0];
        private int at;

        @Override
        public int read() throws IOException {
            if (at == line.length) {
                line = line("").orElse("").getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return at == line.length ? -1 : line[at++] & 255;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int first = most == 0 ? -1 : read();
            if (first < 0) {
                return most == 0 ? 0 : -1;
            }
            into[from] = (byte) first;
            int more = Math.min(most - 1, line.length - at);
            System.arraycopy(line, at, into, from + 1, more);
            at += more;
            return more + 1;
        }
    }
}
