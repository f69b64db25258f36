package net.reroute.redirect.route.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Mode;
import net.sf.expectit.Result;
import net.sf.expectit.matcher.Matcher;
import net.sf.expectit.matcher.SimpleResult;

/**
 * Decides whether an answer is complete: the command was echoed, and the text ends in a prompt, a pager or a question.
 * Reads only the end of the text, since ExpectIt passes the whole text again with every kilobyte.
 */
final class AnswerMatcher implements Matcher<Result> {

    /** Characters at the end to read: more than any prompt, or a pager mark and the characters that erase it. */
    private static final int TAIL = 768;
    private static final int SURE_OF_SCROLLED = 12;

    /** How an answer ends. */
    enum End {
        NONE, PROMPT, NEW_PROMPT, PAGER, PASSWORD, USERNAME, QUESTION
    }

    /**
     * Where a command is typed, and the mode that it should lead to.
     *
     * @param shown prompt at which it is typed; blank at a question
     * @param here mode of that prompt
     * @param next mode that it should lead to
     * @param asks true if the answer may ask for a name or a password
     */
    record Position(String shown, Mode here, Mode next, boolean asks) {

        /** The mode that a line probably shows: if the prompt is unchanged, so is the mode. */
        Mode likely(String line) {
            return !shown.isBlank() && PromptName.similar(line, shown) ? here : next;
        }

        boolean leadsElsewhere() {
            return here != next;
        }
    }

    private final Dialect dialect;
    private final Prompt prompt;
    private final Position position;
    private final String echo;
    private final Optional<String> repaint;
    private OptionalInt asked = OptionalInt.empty();
    private String candidate = "";
    private int silentAt = -1;
    private boolean echoed;
    private End end = End.NONE;
    private Mode mode;
    private String line = "";
    private String reply = "";
    private int seen;
    private boolean over;

    AnswerMatcher(Dialect dialect, Prompt prompt, String command, Optional<String> repaint) {
        this(dialect, prompt, new Position("", Mode.PRIVILEGED, Mode.PRIVILEGED, false), command, repaint);
    }

    /**
     * @param command whose echo comes first; empty: no echo
     * @param repaint prompt and command as the device redraws them behind the echo; empty: it does not redraw
     */
    AnswerMatcher(Dialect dialect, Prompt prompt, Position position, String command, Optional<String> repaint) {
        this.dialect = dialect;
        this.prompt = prompt;
        this.position = position;
        this.echo = squeezed(command);
        this.echoed = echo.isEmpty();
        this.repaint = repaint.map(AnswerMatcher::squeezed);
    }

    @Override
    public Result matches(String input, boolean isEof) {
        over |= isEof;
        seen = input.length();
        // the echo comes letter by letter: look only once it can be complete
        echoed = echoed || input.length() >= echo.length() && holdsEcho(input);
        // RouterOS redraws prompt and command on the line of the echo; the prompt after an answer has its own line
        boolean own = echo.isEmpty() || input.indexOf('\n') >= 0;
        end = echoed && own ? end(tail(input)) : End.NONE;
        end = end == End.PROMPT && !holdsEcho(input) ? End.NONE : end; // part of a prompt may look like the echo of /
        // a prompt right behind the echo may be the start of a redrawn line
        end = end == End.PROMPT && silentAt < 0 && !isPainted(input) ? End.NONE : end;
        end = end == End.NONE && asked.isPresent() && isSilence() ? again(input.substring(asked.getAsInt())) : end;
        return end == End.NONE ? SimpleResult.failure(input, false) : SimpleResult.success(input, "", input);
    }

    private static String tail(String input) {
        return input.substring(Math.max(0, input.length() - TAIL));
    }

    private End end(String tail) {
        if (Screen.endsInMessage(tail)) {
            return End.NONE;
        }
        line = Screen.lines(tail).getLast();
        Optional<Mode> found = prompt.mode(line, position.likely(line));
        if (found.isPresent()) {
            mode = found.get();
            return End.PROMPT;
        }
        if (dialect.answers().pager().matcher(line).find()) {
            return End.PAGER;
        }
        for (var question : dialect.answers().questions().entrySet()) {
            if (question.getKey().matcher(line).find()) {
                reply = question.getValue();
                return End.QUESTION;
            }
        }
        // text may mention passwords; only the last line can be a question
        return isSilence() || position.asks() ? asking(dialect, line) : End.NONE;
    }

    /** PASSWORD or USERNAME if a line asks for one, else NONE. */
    static End asking(Dialect dialect, String line) {
        if (dialect.prompts().password().matcher(line).find()) {
            return End.PASSWORD;
        }
        return dialect.prompts().username().matcher(line).find() ? End.USERNAME : End.NONE;
    }

    /** NEW_PROMPT if return brought the candidate line again, alone. */
    private End again(String since) {
        List<String> lines = Screen.lines(since);
        String last = lines.getLast();
        Optional<Mode> shape = prompt.shape(last, position.likely(last));
        boolean same = lines.size() > 1 && shape.isPresent() && PromptName.similar(last, candidate)
                && isAlone(lines, dialect, prompt);
        mode = same ? shape.get() : mode;
        line = same ? last : line;
        return same ? End.NEW_PROMPT : End.NONE;
    }

    /** True if only prompts, blank lines and noise precede the last line. */
    static boolean isAlone(List<String> lines, Dialect dialect, Prompt prompt) {
        return lines.stream().limit(lines.size() - 1L).allMatch(l -> l.isBlank() || prompt.isKnown(l)
                || PromptName.similar(l, lines.getLast()) || matches(dialect.answers().noise(), l));
    }

    /** Called when the device was silent for a while: the text so far is complete. */
    void isSilent() {
        silentAt = seen;
    }

    private boolean isSilence() {
        return silentAt == seen;
    }

    /** Called when return was typed, to see this line again behind the text so far. */
    void askedAgain(String shown) {
        candidate = shown;
        asked = OptionalInt.of(seen);
    }

    private boolean isPainted(String input) {
        return repaint.isEmpty() || Screen.lines(input).stream().anyMatch(l -> squeezed(l).equals(repaint.get()));
    }

    private boolean holdsEcho(String input) {
        List<String> lines = Screen.lines(input).stream().map(l -> prompt.isKnown(l) ? "" : l).toList();
        return echoEnd(lines, echo).isPresent();
    }

    /**
     * The index of the line in which the echo of a command ends. The echo may be wrapped, or scrolled sideways behind a
     * $.
     */
    static Optional<Integer> echoEnd(List<String> lines, String echo) {
        StringBuilder all = new StringBuilder();
        String end = echo.substring(Math.max(0, echo.length() - SURE_OF_SCROLLED));
        for (int i = 0; i < lines.size(); i++) {
            String line = squeezed(lines.get(i));
            all.append(line);
            if (all.indexOf(echo) >= 0 || line.indexOf('$') >= 0 && line.endsWith(end)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    static String squeezed(String text) {
        StringBuilder all = new StringBuilder(text.length());
        text.chars().filter(c -> c != ' ' && (c < '\t' || c > '\r')).forEach(c -> all.append((char) c));
        return all.toString();
    }

    End end() {
        return end;
    }

    boolean echoed() {
        return echoed;
    }

    /** The mode of the prompt; null before a prompt was found. */
    Mode mode() {
        return mode;
    }

    /** The last line of the answer. */
    String line() {
        return line;
    }

    /** The repeated line, as it was shown first. */
    String candidate() {
        return candidate;
    }

    /** The dialect's reply to the question. */
    String reply() {
        return reply;
    }

    /** Length of the text at the last call. Text that no longer grows is complete. */
    int seen() {
        return seen;
    }

    /** True if the device ended the session. */
    boolean isOver() {
        return over;
    }

    static boolean matches(List<Pattern> patterns, String line) {
        return patterns.stream().anyMatch(p -> p.matcher(line).find());
    }
}
