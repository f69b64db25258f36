package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The characters of a script; a line is asked for only when one of its characters is needed. */
final class ShellSource {

    /** Where lines come from. */
    interface Lines {

        /**
         * @param more the command so far is not complete
         * @return a line with its end; empty = there are no more
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

    /** The lines of a text. */
    static Lines of(String text) {
        List<String> left = new ArrayList<>(text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)")));
        return more -> left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst());
    }

    /** Of the line read last, from 1. */
    int number() {
        return number;
    }

    /** Whether the next line would go on with a command. */
    void more(boolean goesOn) {
        more = goesOn;
    }

    /** What is left of the line is not to be read. */
    void forget() {
        line = "";
        at = 0;
    }

    /** The next character, which stays; -1 = the end. */
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

    /** The next character of this line, which stays; -1 = the line is over. */
    int peekInLine() {
        return at < line.length() ? line.charAt(at) : -1;
    }

    /** Whether the line goes on like this. */
    boolean ahead(String text) {
        return line.startsWith(text, at);
    }

    /** Goes on by so many characters, but not past the line. */
    void skip(int count) {
        at = Math.min(line.length(), at + count);
    }

    /** The character after the next one, on this line; -1 = none. */
    int second() {
        return at + 1 < line.length() ? line.charAt(at + 1) : -1;
    }

    /** The rest of the line with its end. */
    String rest() throws IOException {
        String rest = peek() < 0 ? "" : line.substring(at);
        at = line.length();
        return rest;
    }

    /** Goes to the end of the line. */
    void skipRemark() {
        at = line.endsWith("\n") ? line.length() - 1 : line.length();
    }
}
