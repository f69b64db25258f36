package net.reroute.convert;

/** The sources would make more entries than an inventory can sensibly have. */
final class TooManyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManyException() {
        super("this would be an inventory of more than " + Draft.MOST + " entries; convert it in parts");
    }
}
