package net.reroute.convert;

import java.util.List;

/** A source cannot be converted. The sentences say where and why, in the form file:line: sentence. */
public final class BadSourceException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<String> sentences;

    public BadSourceException(List<String> sentences) {
        super(String.join("\n", sentences));
        this.sentences = List.copyOf(sentences);
    }

    BadSourceException(Place place, String sentence) {
        this(List.of(place.whole() + ": " + sentence));
    }

    /** One for each mistake, safe to print. */
    public List<String> sentences() {
        return sentences;
    }
}
