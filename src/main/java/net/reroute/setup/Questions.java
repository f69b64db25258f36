package net.reroute.setup;

import java.util.Optional;

/** Whom to ask. */
public interface Questions {

    /** Asks for a line. Empty if there is nobody to answer. */
    Optional<String> line(String question);

    /** Asks for a line that is not to be shown. Empty if there is nobody to answer. */
    Optional<String> secret(String question);

    /** Asks for yes or no, until it is one of them. Empty if there is nobody to answer. */
    default Optional<Boolean> yes(String question) {
        Optional<String> answer = line(question + " [yes/no] ");
        while (answer.isPresent() && !answer.get().strip().matches("(?i)y|yes|n|no")) {
            answer = line("Please type yes or no: ");
        }
        return answer.map(a -> a.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y"));
    }
}
