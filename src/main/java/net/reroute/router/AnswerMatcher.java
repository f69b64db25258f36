package net.reroute.router;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Mode;
import net.sf.expectit.Result;
import net.sf.expectit.matcher.Matcher;
import net.sf.expectit.matcher.SimpleResult;

/**
 * Tells whether an answer is whole: the command was echoed, and the text ends in a prompt, a pager or a question. Looks at
 * the tail only, since ExpectIt shows it everything again with every kilobyte.
 */
final class AnswerMatcher implements Matcher<Result> {

    /** Longer than any prompt, and than the marks of a pager with what wipes them. */
    private static final int TAIL = 768;
    private static final int SURE_OF_SCROLLED = 12;

    /** What an answer ended with. */
    enum End {
        NONE, PROMPT, PAGER, PASSWORD, QUESTION
    }

    private final Dialect dialect;
    private final Prompt prompt;
    private final String echo;
    private final Optional<String> repaint;
    private boolean silent;
    private boolean echoed;
    private End end = End.NONE;
    private Mode mode;
    private String reply = "";
    private int seen;
    private boolean over;

    /**
     * @param command whose echo comes first; empty = nothing is echoed
     * @param repaint prompt and command as they are painted anew behind the echo; empty = this device does not do that
     */
    AnswerMatcher(Dialect dialect, Prompt prompt, String command, Optional<String> repaint) {
        this.dialect = dialect;
        this.prompt = prompt;
        this.echo = squeezed(command);
        this.echoed = echo.isEmpty();
        this.repaint = repaint.map(AnswerMatcher::squeezed);
    }

    @Override
    public Result matches(String input, boolean isEof) {
        over |= isEof;
        seen = input.length();
        // Echoes come letter by letter; nothing is worth a look before all of them can be there.
        echoed = echoed || input.length() >= echo.length() && holdsEcho(input);
        // RouterOS paints its prompt and the command anew on the line of the echo; an answer's prompt has a line of its own.
        boolean line = echo.isEmpty() || input.indexOf('\n') >= 0;
        end = echoed && line ? end(input.substring(Math.max(0, input.length() - TAIL))) : End.NONE;
        end = end == End.PROMPT && !holdsEcho(input) ? End.NONE : end; // half a prompt may look like the echo of /
        // A prompt right behind the echo may be the start of that line painted anew.
        end = end == End.PROMPT && !silent && !isPainted(input) ? End.NONE : end;
        return end == End.NONE ? SimpleResult.failure(input, false) : SimpleResult.success(input, "", input);
    }

    private End end(String tail) {
        if (Screen.endsInMessage(tail)) {
            return End.NONE;
        }
        String last = Screen.lines(tail).getLast();
        Optional<Mode> found = prompt.mode(last);
        if (found.isPresent()) {
            mode = found.get();
            return End.PROMPT;
        }
        if (dialect.answers().pager().matcher(last).find()) {
            return End.PAGER;
        }
        if (dialect.prompts().password().matcher(last).find()) {
            return End.PASSWORD;
        }
        for (var question : dialect.answers().questions().entrySet()) {
            if (question.getKey().matcher(last).find()) {
                reply = question.getValue();
                return End.QUESTION;
            }
        }
        return End.NONE;
    }

    /** Nothing more has come for a while: what is there is all there is. */
    void isSilent() {
        silent = true;
    }

    private boolean isPainted(String input) {
        return repaint.isEmpty() || Screen.lines(input).stream().anyMatch(l -> squeezed(l).equals(repaint.get()));
    }

    private boolean holdsEcho(String input) {
        List<String> lines = Screen.lines(input).stream().map(l -> prompt.mode(l).isPresent() ? "" : l).toList();
        return echoEnd(lines, echo).isPresent();
    }

    /** The line in which the echo of a command ends; it may have been wrapped, or scrolled to the side behind a $. */
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
        return BLANKS.matcher(text).replaceAll("");
    }

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    End end() {
        return end;
    }

    boolean echoed() {
        return echoed;
    }

    /** Where the prompt says the device is. */
    Mode mode() {
        return mode;
    }

    /** What the dialect answers to the question asked. */
    String reply() {
        return reply;
    }

    /** How much had come when this was last asked; what has not grown for a while is all there is. */
    int seen() {
        return seen;
    }

    /** True if the device has hung up. */
    boolean isOver() {
        return over;
    }
}
