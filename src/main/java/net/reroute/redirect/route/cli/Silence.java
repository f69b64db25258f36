package net.reroute.redirect.route.cli;

import java.time.Duration;
import net.reroute.core.Dialect;
import net.reroute.redirect.route.cli.AnswerMatcher.Position;
import net.reroute.redirect.route.router.RouterException;

/**
 * Handles a device that is silent without a known prompt: types return if the last line looks like a prompt, and
 * reports a question, or another last line, before the timeout.
 */
final class Silence {

    /** Far longer than any mode takes to show its prompt. */
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
     * Called when nothing has come for a while.
     *
     * @return whether to type return, to see the prompt again
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
        // a message may follow the prompt, or text precede it
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
        if (!like && quiet.compareTo(Question.WAITED) >= 0 && Question.isOne(dialect, last)) {
            throw Question.unknown(dialect, last, where);
        }
        if (position.leadsElsewhere() && quiet.compareTo(UNFINISHED) >= 0 && !last.isBlank()) {
            throw RouterException.refused("it shows no prompt that dialect " + dialect.name() + " knows at " + where
                    + "; its last line was '" + last.strip() + "'");
        }
    }

    /** The unfinished last line that is no prompt; empty if the line ended. */
    String last() {
        return last.strip();
    }
}
