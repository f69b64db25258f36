package net.reroute.redirect.route.cli;

import java.time.Duration;
import net.reroute.core.Dialect;
import net.reroute.redirect.route.cli.AnswerMatcher.Position;
import net.reroute.redirect.route.router.RouterException;

/**
 * Handles a device that is silent without a known prompt. Types return if the last line looks like a prompt; reports a
 * question, or another last line, before the timeout.
 */
final class Silence {

    /** Silence after which no prompt is expected any more. Every mode shows its prompt far sooner. */
    private static final Duration UNFINISHED = Duration.ofSeconds(4);
    private static final int MOST_RETURNS = 8;
    private static final int TAIL = 4096;

    private final Dialect dialect;
    private final Position position;
    private final String where;
    private int length = -1;
    private int askedAt = -1;
    private int returns;
    private long since;
    private String last = "";

    /** @param where the line that was typed, for error texts */
    Silence(Dialect dialect, Position position, String where) {
        this.dialect = dialect;
        this.position = position;
        this.where = where;
    }

    /**
     * Called when nothing came for a while.
     *
     * @return true to type return, so that the prompt comes again
     * @throws RouterException refused, if the device asks a question, or shows no prompt that the dialect knows
     */
    boolean wantsReturn(String input, AnswerMatcher matcher, Prompt prompt) throws RouterException {
        boolean grown = input.length() != length;
        length = input.length();
        since = grown ? System.nanoTime() : since;
        String tail = input.substring(Math.max(0, input.length() - TAIL));
        last = Screen.lines(tail).getLast();
        if (grown) {
            return false;
        }
        matcher.isSilent();
        if (matcher.matches(input, false).isSuccessful() || !matcher.echoed()) {
            return false;
        }
        boolean like = prompt.shape(last, position.likely(last)).isPresent();
        // a message may follow the prompt, or text may precede it
        if ((like || Screen.endsInMessage(tail.stripTrailing()) || prompt.before(last).isPresent())
                && askedAt != length && returns < MOST_RETURNS) {
            askedAt = length;
            returns++;
            matcher.askedAgain(last);
            return true;
        }
        tell(Duration.ofNanos(System.nanoTime() - since), like);
        return false;
    }

    private void tell(Duration quiet, boolean like) throws RouterException {
        if (!like && quiet.compareTo(DeviceQuestion.WAITED) >= 0 && DeviceQuestion.isOne(dialect, last)) {
            throw DeviceQuestion.unknown(dialect, last, where);
        }
        if (position.leadsElsewhere() && quiet.compareTo(UNFINISHED) >= 0 && !last.isBlank()) {
            throw RouterException.refused("it shows no prompt that dialect " + dialect.name() + " knows at " + where
                    + "; its last line was '" + last.strip() + "'");
        }
    }

    /** The last line, if it is unfinished; else empty. */
    String last() {
        return last.strip();
    }
}
