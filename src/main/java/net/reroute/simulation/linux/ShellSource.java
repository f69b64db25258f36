package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The characters of a script. Requests a line only when one of its characters is needed. */
final class ShellSource {

    /** The source of the lines. */
    interface Lines {

        /**
         * @param more true if the command so far is not complete
         * @return a line with its end; empty: no more lines
         */
        Optional<String> next(boolean more) throws IOException;
    }

    private final Lines lines;
    private String line = "";
    private int at;
    private int number;
    private boolean ended;
    private boolean more;

    ShellSource(Lines lines) {
        this.lines = lines;
    }

    /** Returns the lines of a text. */
    static Lines of(String text) {
        List<String> left = new ArrayList<>(text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)")));
        return more -> left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst());
    }

    /** The number of the last line read, from 1. */
    int number() {
        return number;
    }

    /** Sets whether the next line continues a command. */
    void more(boolean goesOn) {
        more = goesOn;
    }

    /** Drops the rest of the line. */
    void forget() {
        line = "";
        at = 0;
    }

    /** The next character, without consuming it; -1 at the end. */
    int peek() throws IOException {
        while (at >= line.length() && !ended) {
            Optional<String> next = lines.next(more);
            ended = next.isEmpty();
            line = next.orElse("");
            at = 0;
            number += ended ? 0 : 1;
        }
        return at < line.length() ? line.charAt(at) : -1;
    }

    int next() throws IOException {
        int c = peek();
        at += c < 0 ? 0 : 1;
        return c;
    }

    /** The next character of this line, without consuming it; -1 at the end of the line. */
    int peekInLine() {
        return at < line.length() ? line.charAt(at) : -1;
    }

    /** True if the rest of the line starts with this text. */
    boolean ahead(String text) {
        return line.startsWith(text, at);
    }

    /** Skips characters, but not beyond the line. */
    void skip(int count) {
        at = Math.min(line.length(), at + count);
    }

    /** The character after the next one on this line; -1 if there is none. */
    int second() {
        return at + 1 < line.length() ? line.charAt(at + 1) : -1;
    }

    /** Consumes the rest of the line, with its end. */
    String rest() throws IOException {
        String rest = peek() < 0 ? "" : line.substring(at);
        at = line.length();
        return rest;
    }

    /** Skips to the end of the line. */
    void skipRemark() {
        at = line.endsWith("\n") ? line.length() - 1 : line.length();
    }
}
