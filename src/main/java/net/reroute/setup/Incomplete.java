package net.reroute.setup;

/** The set-up cannot go on. The message says what to do; what was done stays, and the next run goes on from there. */
public final class Incomplete extends Exception {

    private static final long serialVersionUID = 1L;

    Incomplete(String message) {
        super(message);
    }

    Incomplete(String message, Throwable cause) {
        super(message, cause);
    }
}
