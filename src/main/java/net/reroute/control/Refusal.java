package net.reroute.control;

/** What was asked for by hand is not done; the message says why and what to do. Nothing has changed. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }

    Refusal(String message, Throwable cause) {
        super(message, cause);
    }
}
