package net.reroute.simulation.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.reroute.simulation.LoginProgram;

/** The screen and keyboard of a simulated router's session: echo, line editing, line ends, a pager. */
final class Terminal {

    /** Ends the session from inside. */
    static final class HungUp extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final int ROWS = 24;
    private static final int NARROW = 80;
    /** How far a long line is moved to the side. */
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

    /** 0 = no paging. */
    void length(int lines) {
        length = lines;
    }

    /** What asks for a key when a screen is full. */
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

    /** Prints an answer, page by page if it is long. */
    void print(List<String> lines, boolean pages) throws IOException {
        int row = 0;
        for (String line : lines) {
            boolean full = pages ? row > 0 && row % 2 == 0 : length > 0 && row >= length - 1;
            if (full) {
                print(more);
                int key = next();
                print("\b".repeat(more.length()) + " ".repeat(more.length()) + "\b".repeat(more.length()));
                if (key == 'q' || key == 3) {
                    print("\n");
                    return;
                }
                row = key == '\r' || key == '\n' ? row - 1 : 0;
            }
            print(line + "\n");
            row++;
        }
    }

    private int next() throws IOException {
        int c = streams.in().read();
        if (c < 0) {
            throw new EOFException("hung up");
        }
        return c;
    }

    /** Reads a line and echoes it as it is typed. Ctrl-C and Ctrl-Z end it with that character. */
    String readLine(String prompt, boolean echo) throws IOException {
        StringBuilder line = new StringBuilder();
        int shift = 0;
        while (true) {
            int c = next();
            boolean secondHalf = c == '\n' && lastWasCr;
            lastWasCr = c == '\r';
            if (secondHalf || c == 0) {
                continue;
            }
            if (c == '\r' || c == '\n') {
                print(faults.echoesTwice() && echo && !line.isEmpty() ? "\n" + prompt + line + "\n" : "\n");
                return line.toString();
            }
            if (c == 3 || c == 26) {
                print((c == 3 ? "^C" : "^Z") + "\n");
                return String.valueOf((char) c);
            }
            if (c == 4 && line.isEmpty()) {
                return "exit";
            }
            if (c == '?' && echo) {
                print("?\n");
                return line + "?";
            }
            shift = edit(line, c, new View(prompt, echo, shift));
        }
    }

    private record View(String prompt, boolean echo, int shift) {}

    /** Returns how far the line is shifted to the side. */
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

    /** IOS moves a line that gets too long to the left and puts a $ before it. */
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
