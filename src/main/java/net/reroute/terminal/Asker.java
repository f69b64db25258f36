package net.reroute.terminal;

import java.util.List;

/** Sends command lines to the daemon. */
public interface Asker {

    /**
     * The answer.
     *
     * @param lines of output, or of the error
     */
    record Answer(int code, List<String> lines) {}

    /**
     * Runs a command line. A daemon that does not answer is an answer, too.
     *
     * @param width of lines, in columns
     */
    Answer ask(List<String> words, int width, boolean colour);
}
