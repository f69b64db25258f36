package net.reroute.simulation.cli;

/** A line of configuration is not valid. */
final class InvalidInput extends Exception {
    private static final long serialVersionUID = 1L;

    /** Index of the word at which the caret stands; -1: no word. */
    private final int word;

    /** @param word index of the word that does not fit; -1: a word is missing */
    InvalidInput(int word) {
        super("");
        this.word = word;
    }

    /** @param message of the device for this mistake, in place of its usual complaint */
    InvalidInput(String message) {
        super(message);
        this.word = -1;
    }

    int word() {
        return word;
    }
}
