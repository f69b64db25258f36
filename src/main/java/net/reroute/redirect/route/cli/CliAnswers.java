package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Answers;
import net.reroute.redirect.route.cli.Dialogue.Reply;

/** Interprets the lines of an answer by the patterns of a dialect. */
final class CliAnswers {

    /** Whether the router accepted a line of configuration. UNKNOWN: its answer fits no pattern. */
    enum Accepted {
        YES, NO, UNKNOWN
    }

    /** @param said the router's answer in one line */
    record LineResult(Accepted accepted, String said) {}

    private final Answers known;

    CliAnswers(Dialect dialect) {
        this.known = dialect.answers();
    }

    /** Interprets the answer to a line of configuration. */
    LineResult result(Reply answer) {
        List<String> said = answer.lines().stream()
                .filter(l -> !l.isBlank() && !isNoise(l) && !AnswerMatcher.matches(known.passed(), l)).toList();
        boolean refused = said.stream()
                .anyMatch(l -> AnswerMatcher.matches(known.refused(), l) || AnswerMatcher.matches(known.denied(), l)
                        || AnswerMatcher.matches(known.locked(), l));
        Accepted unlessRefused = said.isEmpty() ? Accepted.YES : Accepted.UNKNOWN;
        return new LineResult(refused ? Accepted.NO : unlessRefused, oneLine(said));
    }

    /** True if a line is a message of the device and not part of an answer. */
    boolean isNoise(String line) {
        return AnswerMatcher.matches(known.noise(), line);
    }

    boolean isRefusal(String line) {
        return AnswerMatcher.matches(known.refused(), line);
    }

    /** The line that says that the configuration is locked; empty if there is none. */
    Optional<String> lock(Reply answer) {
        return first(known.locked(), answer);
    }

    /** The line that says that the user may not type this command; empty if there is none. */
    Optional<String> denial(Reply answer) {
        return first(known.denied(), answer);
    }

    private static Optional<String> first(List<Pattern> patterns, Reply answer) {
        return answer.lines().stream().filter(l -> AnswerMatcher.matches(patterns, l)).findFirst().map(String::strip);
    }

    /** Joins the lines of an answer, without the line of the caret. */
    static String oneLine(List<String> lines) {
        List<String> words = new ArrayList<>();
        lines.stream().map(String::strip).filter(l -> !l.isEmpty() && !l.equals("^")).forEach(words::add);
        return words.isEmpty() ? "no reason given" : String.join("; ", words);
    }
}
