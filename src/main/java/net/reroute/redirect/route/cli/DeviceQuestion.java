package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Answers;
import net.reroute.redirect.route.router.RouterException;

/** A question that the dialect has no reply to. It stays unanswered, since return might mean yes. */
final class DeviceQuestion {

    /** Silence that means that the device waits for an answer. Within its own answer it is never silent for so long. */
    static final Duration WAITED = Duration.ofSeconds(2);
    /** "Overwrite? [yes/no]:", "Proceed [confirm]", "Continue (y/n)", "Continue? y/n". */
    private static final Pattern LOOKS = Pattern
            .compile("[A-Za-z]{2}.*([?:]|\\[[^\\[\\]]+\\]|\\((?i:y|n|yes|no|confirm|cancel)\\b[^()]*\\)"
                    + "|\\b(?i:y/n|yes/no|yes or no)) *$");

    private DeviceQuestion() {}

    /** True if a last line looks like a question. */
    static boolean isOne(Dialect dialect, String line) {
        Answers known = dialect.answers();
        return LOOKS.matcher(line).find()
                && Stream
                        .of(known.passed(), known.noise(), known.refused(), dialect.writing().saved().stream().toList())
                        .flatMap(List::stream).noneMatch(p -> p.matcher(line).find());
    }

    /**
     * The error for an unknown question.
     *
     * @param where the line that was typed, in quotes, or another place
     */
    static RouterException unknown(Dialect dialect, String line, String where) {
        return RouterException.refused("it asks '" + line.strip() + "' at " + where + "; reroute does not answer"
                + " questions that it does not know: add it to questions: in routers/" + dialect.name() + ".yaml");
    }
}
