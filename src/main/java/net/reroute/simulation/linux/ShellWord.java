package net.reroute.simulation.linux;

import java.util.List;
import java.util.Optional;

/**
 * A word of a script, not expanded yet.
 *
 * @param parts of the word, in order
 */
record ShellWord(List<Part> parts) {

    /** TEXT: literal. VARIABLE: as in $name or ${name:-text}. COMMAND: as in $(text). */
    enum Syntax {
        TEXT, VARIABLE, COMMAND
    }

    /**
     * @param kind of the part
     * @param text the text, name or script
     * @param quoted true if it is not split into words
     */
    record Part(Syntax kind, String text, boolean quoted) {}

    /** The text, if nothing in the word is quoted or expanded; else empty. Only such a word can be a keyword. */
    Optional<String> plain() {
        return parts.size() == 1 && parts.getFirst().kind() == Syntax.TEXT && !parts.getFirst().quoted()
                ? Optional.of(parts.getFirst().text())
                : Optional.empty();
    }
}
