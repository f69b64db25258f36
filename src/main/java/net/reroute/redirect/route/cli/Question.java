package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Answers;
import net.reroute.redirect.route.router.RouterException;

/** A question that no dialect knows the answer to. It is answered by nothing: a return might be a yes. */
final class Question {

    /** Nothing more comes for so long when a device waits for an answer; in the midst of one it is never silent as long. */
    static final Duration WAITED = Duration.ofSeconds(2);
    /** "Overwrite? [yes/no]:", "Proceed [confirm]", "Continue (y/n)", "Continue? y/n". */
    private static final Pattern LOOKS = Pattern
            .compile("[A-Za-z]{2}.*([?:]|\\[[^\\[\\]]+\\]|\\((?i:y|n|yes|no|confirm|cancel)\\b[^()]*\\)"
                    + "|\\b(?i:y/n|yes/no|yes or no)) *$");

    private Question() {}

    /** Whether a last line, behind which nothing comes, looks like one. */
    static boolean isOne(Dialect dialect, String line) {
        Answers known = dialect.answers();
        return LOOKS.matcher(line).find()
                && Stream
                        .of(known.passed(), known.noise(), known.refused(), dialect.writing().saved().stream().toList())
                        .flatMap(List::stream).noneMatch(p -> p.matcher(line).find());
    }

    /** @param where the line it was asked behind, with quotes, or another place */
    static RouterException unknown(Dialect dialect, String line, String where) {
        return RouterException.refused("it asks '" + line.strip() + "' at " + where + "; reroute does not answer"
                + " questions that it does not know: add it to questions: in routers/" + dialect.name() + ".yaml");
    }
}
