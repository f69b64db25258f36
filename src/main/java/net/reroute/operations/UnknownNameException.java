package net.reroute.operations;

/** The inventory does not have this name. The message may suggest a similar one. */
public final class UnknownNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownNameException(String message) {
        super(message);
    }
}
