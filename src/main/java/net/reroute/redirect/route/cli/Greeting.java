package net.reroute.redirect.route.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Mode;
import net.reroute.redirect.route.cli.AnswerMatcher.End;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Deadline;

/** Learns the first prompt of a device: the line that return brings again, alone. */
final class Greeting {

    private static final int GREETINGS = 8;
    /**
     * Return brings a prompt at once. A device that shows an unfinished line for this long waits for something else.
     */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /**
     * A prompt that was shown twice.
     *
     * @param line as shown first
     * @param again as shown the second time; its numbers may differ
     */
    record Found(Mode mode, String line, String again) {}

    private final TerminalLine terminal;
    private final Dialect dialect;
    private final Prompt prompt;
    private String last = "";

    Greeting(TerminalLine terminal, Dialect dialect) {
        this.terminal = terminal;
        this.dialect = dialect;
        this.prompt = Prompt.ofAnybody(dialect);
    }

    Found read(Deadline deadline) throws IOException {
        String candidate = "";
        String text = terminal.untilQuiet(deadline);
        for (int i = 0; i < GREETINGS; i++) {
            List<String> lines = Screen.lines(text);
            lines.stream().filter(l -> !l.isBlank()).forEach(l -> last = l);
            String shown = lines.getLast();
            Optional<Mode> mode = prompt.shape(shown, Mode.PRIVILEGED);
            Optional<String> reply = reply(shown);
            if (mode.isPresent() && PromptName.similar(shown, candidate)
                    && AnswerMatcher.isAlone(lines, dialect, prompt)) {
                return new Found(mode.get(), candidate, shown);
            }
            String more = mode.isEmpty() && reply.isEmpty() && DeviceQuestion.isOne(dialect, shown)
                    ? askedOn(shown, deadline)
                    : "";
            candidate = mode.isPresent() ? shown : "";
            text = more.isEmpty() ? answered(reply.orElse(""), shown, deadline) : text + more;
        }
        throw noPrompt();
    }

    /**
     * The dialect's reply to a question; empty if there is none.
     *
     * @throws RouterException refused, if the line asks for a name or password
     */
    private Optional<String> reply(String line) throws RouterException {
        End asked = AnswerMatcher.asking(dialect, line);
        if (asked != End.NONE) {
            // an empty answer would be a failed login, and some devices lock the account after a few of them
            throw RouterException.refused("it asks for another " + (asked == End.PASSWORD ? "password" : "user name")
                    + " behind the SSH login ('" + line.strip() + "'); have its SSH login lead to a prompt");
        }
        return dialect.answers().questions().entrySet().stream().filter(e -> e.getKey().matcher(line).find())
                .map(e -> e.getValue()).findFirst();
    }

    /**
     * The text that follows a line that looks like a question.
     *
     * @throws RouterException refused, if none follows: it is a question without a reply
     */
    private String askedOn(String line, Deadline deadline) throws IOException {
        String more = terminal.untilQuiet(deadline, DeviceQuestion.WAITED);
        if (more.isEmpty()) {
            throw RouterException.refused(noPrompt().getMessage() + ": "
                    + DeviceQuestion.unknown(dialect, line, "the login").getMessage());
        }
        return more;
    }

    private String answered(String reply, String shown, Deadline deadline) throws IOException {
        terminal.send(reply + "\r");
        if (shown.isBlank()) {
            return terminal.untilQuiet(deadline);
        }
        String text = terminal.untilQuiet(deadline, ANSWER);
        if (text.isEmpty()) {
            throw noPrompt();
        }
        return text;
    }

    private RouterException noPrompt() {
        return RouterException.refused("it shows no prompt that dialect " + dialect.name()
                + " knows; its last line was '" + last.strip() + "'");
    }

    /** The last line that is not blank; empty if there was none. */
    String last() {
        return last;
    }
}
