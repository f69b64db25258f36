package net.reroute.redirect.route.cli;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Mode;
import net.reroute.core.Durations;
import net.reroute.redirect.route.cli.AnswerMatcher.End;
import net.reroute.redirect.route.cli.AnswerMatcher.Position;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Connection.Remote;
import net.reroute.ssh.Deadline;
import net.sf.expectit.Result;

/**
 * Types one line, and reads its echo and its answer up to the prompt. After any exception the session is closed: the
 * state of the device is unknown. Not thread-safe.
 */
final class Dialogue implements AutoCloseable {

    /**
     * An answer.
     *
     * @param lines between echo and prompt
     * @param mode that the prompt shows; empty at a question
     * @param end prompt, or which question
     * @param question as the device asked it; empty if there was none
     */
    record Reply(List<String> lines, Optional<Mode> mode, End end, String question) {}

    /** @param echo expected from the device; empty: none */
    private record Line(String text, String echo, String told, Position position) {

        String quoted() {
            return told.equals(SECRET) ? "a password" : "'" + told + "'";
        }
    }

    private static final String SECRET = "********";
    private static final int MOST = 32 << 20;

    private final TerminalLine terminal;
    private final Dialect dialect;
    private Prompt prompt;
    private String shown = "";
    private Mode mode = Mode.PRIVILEGED;
    private String secret = "";
    private String last = "";
    private int awaited;

    /**
     * @param connection is closed with this, and at a deadline
     * @param quiet silence after which the text counts as complete; later text is still read
     */
    Dialogue(Remote remote, AutoCloseable connection, Dialect dialect, LineListener listener, Duration quiet)
            throws IOException {
        this.terminal = new TerminalLine(remote, connection, new LineListener() {
            @Override
            public void typed(String line) {
                listener.typed(line);
            }

            @Override
            public void heard(String raw) {
                listener.heard(withoutSecret(raw));
            }
        }, quiet);
        this.dialect = dialect;
        this.prompt = Prompt.ofAnybody(dialect);
    }

    /** Reads the greeting, and learns the prompt of the device. */
    Mode greet(Duration within) throws RouterException {
        Greeting greeting = new Greeting(terminal, dialect);
        try (Deadline deadline = Deadline.closes(this, within)) {
            Greeting.Found found = greeting.read(deadline);
            prompt = prompt.learn(found.mode(), found.line(), found.again());
            return at(found.again(), found.mode());
        } catch (IOException e) {
            last = greeting.last();
            throw broken(e, "the login", within);
        }
    }

    /** Continues a session at this prompt. */
    Mode standingAt(String line) {
        prompt = prompt.learn(line);
        return at(line, prompt.mode(line, Mode.PRIVILEGED).orElseThrow());
    }

    private Mode at(String line, Mode now) {
        shown = line;
        mode = now;
        return now;
    }

    /**
     * Types a line and reads the answer.
     *
     * @param next mode that it should lead to
     */
    Reply ask(String line, Mode next, Duration within) throws RouterException {
        return exchange(new Line(line, line, line, new Position(shown, mode, next, false)), within);
    }

    /** Types a line whose answer may ask for a name or a password. */
    Reply enable(String line, Duration within) throws RouterException {
        return exchange(new Line(line, line, line, new Position(shown, mode, Mode.PRIVILEGED, true)), within);
    }

    /** Types a name at a question for one. */
    Reply name(String name, Duration within) throws RouterException {
        return exchange(new Line(name, "", name, new Position(shown, mode, Mode.PRIVILEGED, true)), within);
    }

    /** Types a secret. Expects no echo. No log or error text shows the secret. */
    Reply secret(char[] text, Duration within) throws RouterException {
        secret = new String(text);
        return exchange(new Line(secret, "", SECRET, new Position(shown, mode, Mode.PRIVILEGED, true)), within);
    }

    /** Masks the secret, which a device may echo by mistake. */
    private String withoutSecret(String text) {
        return secret.isEmpty() ? text : text.replace(secret, SECRET);
    }

    /** Confirms an unexpected prompt: no more text comes, and return brings the same prompt again. */
    void confirm(Duration within) throws RouterException {
        try (Deadline deadline = Deadline.closes(this, within)) {
            boolean silent = Screen.lines(terminal.next(deadline)).stream().allMatch(String::isBlank);
            terminal.send("\r");
            List<String> lines = Screen.lines(terminal.untilQuiet(deadline));
            if (!silent || !PromptName.similar(lines.getLast(), shown)) {
                throw new IOException("out of step: its prompt was '" + shown + "', then '" + lines.getLast() + "'");
            }
        } catch (IOException e) {
            throw broken(e, "its prompt", within);
        }
    }

    private Reply exchange(Line line, Duration within) throws RouterException {
        last = "";
        try (Deadline deadline = Deadline.closes(this, within)) {
            terminal.typed(line.told());
            awaited++;
            terminal.send(line.text() + "\r");
            return read(line, deadline);
        } catch (IOException e) {
            throw broken(e, line.quoted(), within);
        }
    }

    private Reply read(Line line, Deadline deadline) throws IOException {
        StringBuilder raw = new StringBuilder();
        Optional<String> painted = Optional.of(shown + line.echo())
                .filter(text -> dialect.ways().repaints() && !line.echo().isEmpty());
        while (true) {
            AnswerMatcher matcher = new AnswerMatcher(dialect, prompt, line.position(),
                    raw.isEmpty() ? line.echo() : "",
                    raw.isEmpty() ? painted : Optional.empty());
            Result result = whole(matcher, new Silence(dialect, line.position(), line.quoted()), deadline);
            raw.append(result.group());
            terminal.heard(result.group());
            if (matcher.end() == End.NEW_PROMPT) {
                prompt = prompt.learn(matcher.mode(), matcher.candidate(), matcher.line());
            }
            if (matcher.end() != End.PAGER && matcher.end() != End.QUESTION) {
                return answer(raw.toString(), line.echo(), matcher);
            }
            terminal.send(matcher.end() == End.PAGER ? " " : matcher.reply() + "\r");
        }
    }

    private Result whole(AnswerMatcher matcher, Silence silence, Deadline deadline) throws IOException {
        Result result = terminal.expect(matcher);
        while (!result.isSuccessful()) {
            terminal.ifOver(deadline, matcher.isOver());
            if (matcher.seen() > MOST) {
                throw new IOException("it sends without end");
            }
            if (silence.wantsReturn(result.getInput(), matcher, prompt)) {
                terminal.send("\r");
            }
            last = silence.last();
            result = terminal.expect(matcher);
        }
        return result;
    }

    private Reply answer(String raw, String echo, AnswerMatcher matcher) throws IOException {
        List<String> lines = Screen.lines(raw);
        int from = echo.isEmpty() ? 0 : new Echo(prompt).end(lines, echo);
        List<String> said = new ArrayList<>();
        for (String line : lines.subList(Math.min(from, lines.size() - 1), lines.size() - 1)) {
            boolean again = prompt.isKnown(line); // an earlier prompt, before a message
            if (!again && !dialect.answers().pager().matcher(line).find()) {
                said.add(withoutSecret(prompt.before(line).orElse(line)));
            }
        }
        if (matcher.end() == End.PASSWORD || matcher.end() == End.USERNAME) {
            return new Reply(said, Optional.empty(), matcher.end(), withoutSecret(lines.getLast().strip()));
        }
        secret = "";
        return new Reply(said, Optional.of(at(lines.getLast(), matcher.mode())), End.PROMPT, "");
    }

    private RouterException broken(IOException e, String what, Duration within) {
        boolean wasOver = !terminal.isOpen();
        close();
        if (e instanceof RouterException known) {
            return new RouterException(known.refused(), withoutSecret(known.getMessage()), known.getCause());
        }
        if (e instanceof EOFException) {
            return RouterException.unreachable("it ended the session at " + what
                    + " (a reload, an idle timeout, or somebody cleared the line)", e);
        }
        String why = String.valueOf(e.getMessage());
        if (why.contains("out of step") || why.contains("without end")) {
            return RouterException.unreachable(withoutSecret(why) + ", at " + what, e);
        }
        if (wasOver || why.contains("in time")) {
            return RouterException.unreachable("no answer to " + what + " within " + Durations.text(within)
                    + (last.isBlank() ? "" : "; its last line was '" + withoutSecret(last.strip()) + "'"), e);
        }
        return RouterException.unreachable("the session broke at " + what + ": " + why, e);
    }

    /** Number of answers waited for so far. */
    int awaited() {
        return awaited;
    }

    boolean isOpen() {
        return terminal.isOpen();
    }

    @Override
    public void close() {
        terminal.close();
    }
}
