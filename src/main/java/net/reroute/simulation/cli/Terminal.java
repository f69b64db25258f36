package net.reroute.simulation.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.reroute.simulation.LoginProgram;

/** The terminal of a session on a simulated router: echo, line editing, line ends, a pager. */
final class Terminal {

    /** Ends the session from within a command. */
    static final class HungUp extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int CTRL_Z = 26;
    private static final int ROWS = 24;
    private static final int NARROW = 80;
    /** The number of columns by which a long line is scrolled. */
    private static final int SCROLL = 20;

    private final LoginProgram.Streams streams;
    private final Faults faults;
    private boolean lastWasCr;
    private int length = ROWS;
    private String more = " --More-- ";

    Terminal(LoginProgram.Streams streams, Faults faults) {
        this.streams = streams;
        this.faults = faults;
    }

    /** Sets the length of a page in lines; 0: no paging. */
    void length(int lines) {
        length = lines;
    }

    /** Sets the text that asks for a key when a page is full. */
    void more(String text) {
        more = text;
    }

    void print(String text) throws IOException {
        byte[] bytes = text.replace("\n", faults.lineEnd()).getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length;) {
            int n = faults.chunk(bytes.length - from);
            streams.out().write(bytes, from, n);
            streams.out().flush();
            from += n;
        }
    }

    /**
     * Prints an answer, page by page if it is long.
     *
     * @param pages true: pages of two lines, whatever the length is
     */
    void print(List<String> lines, boolean pages) throws IOException {
        int row = 0;
        for (String line : lines) {
            if (isFull(row, pages)) {
                int key = askForKey();
                if (key == 'q' || key == CTRL_C) {
                    print("\n");
                    return;
                }
                row = key == '\r' || key == '\n' ? row - 1 : 0;
            }
            print(line + "\n");
            row++;
        }
    }

    private boolean isFull(int row, boolean pages) {
        return pages ? row > 0 && row % 2 == 0 : length > 0 && row >= length - 1;
    }

    private int askForKey() throws IOException {
        print(more);
        int key = next();
        print("\b".repeat(more.length()) + " ".repeat(more.length()) + "\b".repeat(more.length()));
        return key;
    }

    private int next() throws IOException {
        int c = streams.in().read();
        if (c < 0) {
            throw new EOFException("hung up");
        }
        return c;
    }

    /** The next key. Skips a line feed right after a carriage return, and NUL. */
    private int key() throws IOException {
        while (true) {
            int c = next();
            boolean secondHalf = c == '\n' && lastWasCr;
            lastWasCr = c == '\r';
            if (!secondHalf && c != 0) {
                return c;
            }
        }
    }

    /** Reads a line, and echoes it as it is typed. Ctrl-C and Ctrl-Z are returned alone, without the line. */
    String readLine(String prompt, boolean echo) throws IOException {
        StringBuilder line = new StringBuilder();
        View view = new View(prompt, echo, 0);
        while (true) {
            int c = key();
            Optional<String> whole = ended(line, c, view);
            if (whole.isPresent()) {
                return whole.get();
            }
            view = new View(prompt, echo, edit(line, c, view));
        }
    }

    /** The line if this key ends it; else empty. */
    private Optional<String> ended(StringBuilder line, int c, View view) throws IOException {
        boolean again = faults.echoesTwice() && view.echo() && !line.isEmpty();
        return switch (c) {
            case '\r', '\n' -> ended(again ? "\n" + view.prompt() + line + "\n" : "\n", line.toString());
            case CTRL_C -> ended("^C\n", String.valueOf((char) c));
            case CTRL_Z -> ended("^Z\n", String.valueOf((char) c));
            case CTRL_D -> line.isEmpty() ? Optional.of("exit") : Optional.empty();
            case '?' -> view.echo() ? ended("?\n", line + "?") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<String> ended(String echo, String line) throws IOException {
        print(echo);
        return Optional.of(line);
    }

    private record View(String prompt, boolean echo, int shift) {}

    /** Edits the line. Returns the number of columns by which it is scrolled. */
    private int edit(StringBuilder line, int c, View view) throws IOException {
        if (c == 8 || c == 127) {
            if (!line.isEmpty()) {
                line.setLength(line.length() - 1);
                print(view.echo() ? "\b \b" : "");
            }
        } else if (c == 21) {
            print(view.echo() ? "\b \b".repeat(line.length()) : "");
            line.setLength(0);
        } else if (c >= ' ') {
            line.append((char) c);
            return view.echo() ? show(line, view) : view.shift();
        }
        return view.shift();
    }

    /** Scrolls a long line to the left behind a $, as IOS does. */
    private int show(StringBuilder line, View view) throws IOException {
        int column = view.prompt().length() + line.length() - view.shift();
        if (!faults.isNarrow() || column < NARROW) {
            print(line.substring(line.length() - 1));
            return view.shift();
        }
        int shift = view.shift() + SCROLL;
        String visible = "$" + line.substring(shift + 1);
        print("\b".repeat(column - 1 - view.prompt().length()) + visible
                + " ".repeat(SCROLL) + "\b".repeat(SCROLL));
        return shift;
    }
}
