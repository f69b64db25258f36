package net.reroute.simulation;

/** What is wrong with a line of configuration. */
public final class BadLine extends Exception {
    private static final long serialVersionUID = 1L;

    /** The word at which the caret stands; -1 = the message alone. */
    private final int word;

    public BadLine(int word, String message) {
        super(message);
        this.word = word;
    }

    public int word() {
        return word;
    }
}
