package net.reroute.core;

/** A request was refused, and nothing has changed. The message says why and what to do. */
public final class RequestRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public RequestRefusedException(String message) {
        super(message);
    }

    public RequestRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
