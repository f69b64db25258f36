package net.reroute.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A program that runs after a login. One object serves one session. */
public interface LoginProgram {

    /**
     * The streams of a session.
     *
     * @param in input from the client; with a terminal only the program echoes it
     * @param out standard output
     * @param err standard error; with a terminal the same stream as {@code out}
     * @param columns width of the terminal; 0: no terminal
     */
    record Streams(InputStream in, OutputStream out, OutputStream err, int columns) {

        public boolean terminal() {
            return columns > 0;
        }
    }

    /**
     * Runs until the program ends or the client hangs up.
     *
     * @param command of an exec request; empty: the client asked for a shell
     * @return exit status
     * @throws IOException if the client hangs up
     */
    int run(Streams streams, Optional<String> command) throws IOException;
}
