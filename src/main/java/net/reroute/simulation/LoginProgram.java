package net.reroute.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** What runs behind a login. */
public interface LoginProgram {

    /**
     * @param in what the client sends; with a terminal nothing echoes it but the program itself
     * @param out standard output
     * @param err standard error; with a terminal it goes where {@code out} goes
     * @param columns width of the terminal; 0 = there is none
     */
    record Streams(InputStream in, OutputStream out, OutputStream err, int columns) {

        public boolean terminal() {
            return columns > 0;
        }
    }

    /**
     * Runs until it ends by itself or the client hangs up.
     *
     * @param command of an exec request; empty = a shell was asked for
     * @return exit status
     * @throws IOException the client hung up
     */
    int run(Streams streams, Optional<String> command) throws IOException;
}
