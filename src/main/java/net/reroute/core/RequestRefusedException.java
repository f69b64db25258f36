package net.reroute.core;

/** What was asked for by hand is not done; the message says why and what to do. Nothing has changed. */
public final class RequestRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public RequestRefusedException(String message) {
        super(message);
    }

    public RequestRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
