package net.reroute.router;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Mode;
import net.reroute.core.Durations;
import net.reroute.router.AnswerMatcher.End;
import net.reroute.ssh.Connection.Remote;
import net.reroute.ssh.Deadline;
import net.sf.expectit.Expect;
import net.sf.expectit.ExpectBuilder;
import net.sf.expectit.Result;

/**
 * One line is typed, its echo and its answer are read, up to the prompt. After any exception the session is of no use: what
 * the device would do next nobody knows.
 */
final class Dialogue implements AutoCloseable {

    /** Hears all that goes over the line. */
    interface Listener {

        void typed(String line);

        void heard(String raw);
    }

    /**
     * What came back.
     *
     * @param lines between echo and prompt
     * @param mode that the prompt shows; empty if a password is asked for
     */
    record Answer(List<String> lines, Optional<Mode> mode) {}

    /** Nothing more comes in such a time once a device has said its piece. */
    private static final Duration QUIET = Duration.ofMillis(150);
    private static final int MOST = 32 << 20;
    private static final int GREETINGS = 8;
    private static final int LONGEST_GREETING = 1 << 20;

    private final Remote remote;
    private final AutoCloseable connection;
    private final Dialect dialect;
    private final Listener listener;
    private final Expect expect;
    private Prompt prompt;
    private String shown = "";
    private int awaited;
    private volatile boolean broken;

    /** @param connection closed with this, and at a deadline */
    Dialogue(Remote remote, AutoCloseable connection, Dialect dialect, Listener listener) throws IOException {
        this.remote = remote;
        this.connection = connection;
        this.dialect = dialect;
        this.listener = listener;
        this.prompt = Prompt.ofAnybody(dialect);
        // Bytes as they are: a banner may hold anything, and a character must not depend on where it is cut.
        this.expect = new ExpectBuilder().withInputs(remote.out()).withOutput(remote.in())
                .withCharset(StandardCharsets.ISO_8859_1).withTimeout(QUIET.toMillis(), TimeUnit.MILLISECONDS)
                .withExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dialogue-", 0).factory()))
                .build();
    }

    /** Reads the greeting and finds out the device's prompt: the line that comes back, alone, when return is typed. */
    Mode greet(Duration within) throws RouterException {
        try (Deadline deadline = Deadline.closes(this, within)) {
            String candidate = "";
            for (int i = 0; i < GREETINGS; i++) {
                List<String> lines = Screen.lines(untilQuiet(deadline));
                String last = lines.getLast();
                Optional<Mode> mode = prompt.mode(last);
                if (mode.isEmpty() && dialect.prompts().password().matcher(last).find()) {
                    // An empty answer would be a failed login, and some devices lock the account after a few.
                    throw RouterException.refused("it asks for another password behind the SSH login ('" + last.strip()
                            + "'); have its SSH login lead to a prompt");
                }
                boolean alone = lines.stream().limit(lines.size() - 1L).allMatch(l -> l.isBlank()
                        || l.equals(last.stripTrailing()) || CliSession.matches(dialect.answers().noise(), l));
                if (mode.isPresent() && alone && last.equals(candidate)) {
                    return standingAt(last);
                }
                candidate = mode.isPresent() ? last : "";
                send("\r");
            }
            throw RouterException
                    .refused("it shows no prompt that dialect " + dialect.name() + " knows; its last line was '"
                            + candidate + "'");
        } catch (IOException e) {
            throw broken(e, "the login", within);
        }
    }

    /** Goes on with a device that stands at this prompt. */
    Mode standingAt(String line) {
        prompt = prompt.learn(line);
        shown = line;
        return prompt.mode(line).orElseThrow();
    }

    /** All that comes until nothing more does for a while. */
    private String untilQuiet(Deadline deadline) throws IOException {
        StringBuilder text = new StringBuilder();
        AnyMatcher any = new AnyMatcher();
        boolean lastShort = false;
        while (!lastShort) {
            Result result = expect.expect(any);
            text.append(result.isSuccessful() ? result.group() : "");
            heard(result.isSuccessful() ? result.group() : "");
            ifOver(deadline, any.isOver() && !result.isSuccessful());
            if (text.length() > LONGEST_GREETING) {
                throw new IOException("its greeting does not end");
            }
            lastShort = !result.isSuccessful() && !text.isEmpty();
        }
        return text.toString();
    }

    private void ifOver(Deadline deadline, boolean hungUp) throws IOException {
        if (deadline.isOver()) {
            throw new IOException("no answer in time");
        }
        if (hungUp || broken) {
            throw new EOFException("it hung up");
        }
    }

    private void heard(String raw) {
        if (!raw.isEmpty()) {
            listener.heard(raw);
        }
    }

    /** Types a line and reads the answer. */
    Answer ask(String line, Duration within) throws RouterException {
        return exchange(line, line, within);
    }

    /** Types a secret, which is neither echoed nor told to anybody. */
    Answer secret(char[] secret, Duration within) throws RouterException {
        return exchange(new String(secret), "", within);
    }

    /**
     * Makes sure of a prompt that was not to be expected: nothing more comes, and a return brings the same one again.
     */
    void confirm(Duration within) throws RouterException {
        try (Deadline deadline = Deadline.closes(this, within)) {
            Result more = expect.expect(new AnyMatcher());
            boolean silent = !more.isSuccessful() || Screen.lines(more.group()).stream().allMatch(String::isBlank);
            send("\r");
            List<String> lines = Screen.lines(untilQuiet(deadline));
            if (!silent || !lines.getLast().strip().equals(shown.strip())) {
                throw new IOException("out of step: its prompt was '" + shown + "', then '" + lines.getLast() + "'");
            }
        } catch (IOException e) {
            throw broken(e, "its prompt", within);
        }
    }

    private Answer exchange(String line, String echo, Duration within) throws RouterException {
        String what = echo.isEmpty() ? "a password" : "'" + line + "'";
        try (Deadline deadline = Deadline.closes(this, within)) {
            listener.typed(echo.isEmpty() ? "********" : line);
            awaited++;
            send(line + "\r");
            return read(echo, deadline);
        } catch (IOException e) {
            throw broken(e, what, within);
        }
    }

    private Answer read(String echo, Deadline deadline) throws IOException {
        StringBuilder raw = new StringBuilder();
        boolean nudged = false;
        Optional<String> painted = Optional.of(shown + echo)
                .filter(line -> dialect.ways().repaints() && !echo.isEmpty());
        while (true) {
            AnswerMatcher matcher = new AnswerMatcher(dialect, prompt, raw.isEmpty() ? echo : "",
                    raw.isEmpty() ? painted : Optional.empty());
            int before = -1;
            Result result = expect.expect(matcher);
            while (!result.isSuccessful()) {
                ifOver(deadline, matcher.isOver());
                if (matcher.seen() > MOST) {
                    throw new IOException("it sends without end");
                }
                boolean silent = matcher.seen() == before;
                before = matcher.seen();
                if (silent) {
                    matcher.isSilent();
                }
                if (silent && !nudged && matcher.echoed() && stuck(result.getInput())) {
                    nudged = true; // a message stands behind the prompt, or text before it; a return brings a new one
                    send("\r");
                }
                result = expect.expect(matcher);
            }
            raw.append(result.group());
            heard(result.group());
            if (matcher.end() == End.PROMPT || matcher.end() == End.PASSWORD) {
                return answer(raw.toString(), echo, matcher);
            }
            send(matcher.end() == End.PAGER ? " " : matcher.reply() + "\r");
        }
    }

    private boolean stuck(String raw) {
        return Screen.endsInMessage(raw.stripTrailing()) || prompt.before(Screen.lines(raw).getLast()).isPresent();
    }

    private Answer answer(String raw, String echo, AnswerMatcher matcher) throws IOException {
        List<String> lines = Screen.lines(raw);
        shown = lines.getLast();
        int from = 0;
        if (!echo.isEmpty()) {
            from = new Echo(prompt).end(lines, echo);
        }
        List<String> said = new ArrayList<>();
        for (String line : lines.subList(Math.min(from, lines.size() - 1), lines.size() - 1)) {
            boolean again = prompt.mode(line).isPresent(); // a message came behind it, and a new one after that
            if (!again && !dialect.answers().pager().matcher(line).find()) {
                said.add(prompt.before(line).orElse(line));
            }
        }
        return new Answer(said, matcher.end() == End.PROMPT ? Optional.of(matcher.mode()) : Optional.empty());
    }

    private void send(String text) throws IOException {
        remote.in().write(text.getBytes(StandardCharsets.ISO_8859_1));
        remote.in().flush();
    }

    private RouterException broken(IOException e, String what, Duration within) {
        boolean wasOver = broken;
        close();
        if (e instanceof RouterException known) {
            return known;
        }
        if (e instanceof EOFException) {
            return RouterException.unreachable("it ended the session at " + what
                    + " (a reload, an idle timeout, or somebody cleared the line)", e);
        }
        String why = String.valueOf(e.getMessage());
        return RouterException.unreachable(why.contains("out of step") || why.contains("without end")
                ? why + ", at " + what
                : wasOver || why.contains("in time")
                        ? "no answer to " + what + " within " + Durations.text(within)
                        : "the session broke at " + what + ": " + why,
                e);
    }

    /** How many answers were waited for so far. */
    int awaited() {
        return awaited;
    }

    boolean isOpen() {
        return !broken;
    }

    @Override
    public void close() {
        if (broken) {
            return;
        }
        broken = true;
        // A peer that has frozen lets even a goodbye wait; nobody else should.
        Thread.ofVirtual().name("goodbye").start(() -> {
            remote.end().run();
            try {
                connection.close();
                expect.close();
            } catch (Exception e) {
                // A session that is being thrown away owes nobody a clean goodbye.
            }
        });
    }

    /** Takes whatever there is. */
    private static final class AnyMatcher implements net.sf.expectit.matcher.Matcher<Result> {

        private boolean over;

        @Override
        public Result matches(String input, boolean isEof) {
            over |= isEof;
            return input.isEmpty()
                    ? net.sf.expectit.matcher.SimpleResult.failure(input, false)
                    : net.sf.expectit.matcher.SimpleResult.success(input, "", input);
        }

        boolean isOver() {
            return over;
        }
    }
}
