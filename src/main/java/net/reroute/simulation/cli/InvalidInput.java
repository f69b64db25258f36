package net.reroute.simulation.cli;

/** What is wrong with a line of configuration. */
final class InvalidInput extends Exception {
    private static final long serialVersionUID = 1L;

    /** The word at which the caret stands; -1 = none is to blame. */
    private final int word;

    /** @param word the one that does not fit; -1 = one is missing */
    InvalidInput(int word) {
        super("");
        this.word = word;
    }

    /** @param message what the device says, whatever it says to other mistakes */
    InvalidInput(String message) {
        super(message);
        this.word = -1;
    }

    int word() {
        return word;
    }
}
