package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a service stands at present.
 *
 * @param since when the trouble began; empty if there is none, or its beginning is unknown
 * @param says why, and what happens next; empty for a service that is ok
 * @param action the best thing that an admin can do about it; empty if there is nothing to do
 */
public record Standing(ServiceState state, Optional<Instant> since, Sentence says, Optional<Action> action) {

    /**
     * A command of reroute.
     *
     * @param words arguments, such as "release", "www-1"
     * @param effect what it does, as the end of a sentence: "ends it"
     */
    public record Action(List<String> words, String effect) {

        public Action {
            words = List.copyOf(words);
        }

        static Optional<Action> of(String effect, String... words) {
            return Optional.of(new Action(List.of(words), effect));
        }

        /** For example "'reroute release www-1' ends it". */
        public String text() {
            return "'" + command() + "' " + effect;
        }

        /** As typed. */
        public String command() {
            return "reroute " + String.join(" ", words);
        }
    }

    /** Why, what happens next, and what to do. */
    public Sentence full() {
        return says.and(action.map(a -> Sentence.of(a.text())).orElse(Sentence.NOTHING));
    }
}
