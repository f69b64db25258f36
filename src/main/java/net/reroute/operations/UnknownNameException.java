package net.reroute.operations;

/** The inventory has nothing of that name. The message names what was probably meant. */
public final class UnknownNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownNameException(String message) {
        super(message);
    }
}
