package net.reroute.simulation.linux;

import java.util.List;
import java.util.Optional;

/**
 * A word as it stands in a script, not yet expanded.
 *
 * @param parts of it, in order
 */
record ShellWord(List<Part> parts) {

    /** TEXT as it is; VARIABLE as in $name or ${name:-text}; COMMAND as in $(text). */
    enum Kind {
        TEXT, VARIABLE, COMMAND
    }

    /**
     * @param kind what it is
     * @param text its text, name or script
     * @param quoted it is not split into words
     */
    record Part(Kind kind, String text, boolean quoted) {}

    /** The word if nothing in it is quoted or expanded: only such a word can be a keyword. */
    Optional<String> plain() {
        return parts.size() == 1 && parts.getFirst().kind() == Kind.TEXT && !parts.getFirst().quoted()
                ? Optional.of(parts.getFirst().text())
                : Optional.empty();
    }
}
