package net.reroute.convert;

/**
 * A piece of a source with braces.
 *
 * @param kind what it is
 * @param text of a word
 */
record Token(Kind kind, String text, Place place) {

    /** The kinds of pieces. */
    enum Kind {
        WORD, OPEN, CLOSE, END
    }

    static Token sign(Kind kind, Place place) {
        return new Token(kind, "", place);
    }
}
