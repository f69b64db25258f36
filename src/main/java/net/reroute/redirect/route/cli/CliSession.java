package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Commit;
import net.reroute.core.Dialect.Mode;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.AnswerMatcher.End;
import net.reroute.redirect.route.cli.Dialogue.Reply;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Fence;
import net.reroute.ssh.SshException;

/**
 * A session on a router's command line. It reads the mode from every prompt, never from memory, so a line is typed only
 * in its mode. Not thread-safe.
 */
final class CliSession implements AutoCloseable {

    /** Deadline for an answer. Only show running-config of a large router takes that long. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RouterSpec spec;
    private final Dialect dialect;
    private final Dialogue dialogue;
    private final Duration patience;
    private final CliAnswers answers;
    private Mode mode;
    private boolean usesRevert;
    private long lastUse = System.nanoTime();
    private Fence fence = Fence.NONE;

    /** @param mode shown by the last prompt */
    CliSession(RouterSpec spec, Dialogue dialogue, Duration patience, Mode mode) {
        this.spec = spec;
        this.dialect = spec.cli().orElseThrow().dialect();
        this.dialogue = dialogue;
        this.patience = patience;
        this.answers = new CliAnswers(dialect);
        this.mode = mode;
    }

    Mode mode() {
        return mode;
    }

    /** @param fence that every line of configuration has to pass from now on */
    CliSession fencedBy(Fence fence) {
        this.fence = fence;
        return this;
    }

    /** Fails if this controller may not type at this moment. */
    void mayType() throws RouterException {
        try {
            fence.confirm();
        } catch (SshException e) {
            throw RouterException.of(e);
        }
    }

    private RouterException closing(String why) {
        dialogue.close();
        return RouterException.refused(why);
    }

    /** Types a line that does not change the mode. */
    Reply ask(String line) throws RouterException {
        return ask(line, mode);
    }

    /**
     * Types a line and notes the mode that follows. Never types a password.
     *
     * @param expected mode that should follow; another mode counts only if the prompt is shown twice
     */
    Reply ask(String line, Mode expected) throws RouterException {
        lastUse = System.nanoTime();
        Reply answer = dialogue.ask(line, expected, patience);
        mode = answer.mode().orElseThrow(() -> closing("it asks for a " + (answer.end() == End.USERNAME
                ? "user name"
                : "password") + " at '" + line + "' ('" + answer.question() + "')"));
        if (mode != expected) {
            dialogue.confirm(patience);
        }
        return answer;
    }

    /**
     * Types a line that shows something. Leaves config mode first, unless the dialect can show from there. Returns the
     * answer without blank lines and noise.
     */
    List<String> show(String line) throws RouterException {
        Optional<String> inside = dialect.writing().commit().flatMap(Commit::inside);
        if (mode == Mode.CONFIG && inside.isEmpty()) {
            leave();
        }
        Reply answer = ask(mode == Mode.CONFIG ? inside.get() + line : line);
        deniedOrLocked(line, answer);
        return answer.lines().stream().filter(l -> !l.isBlank() && !answers.isNoise(l)).toList();
    }

    /** Types a line that shows something about the candidate configuration, in the current mode. */
    List<String> showHere(String line) throws RouterException {
        Reply answer = ask(line);
        deniedOrLocked(line, answer);
        return answer.lines();
    }

    private void deniedOrLocked(String line, Reply answer) throws RouterException {
        denied(line, answer);
        Optional<String> lock = answers.lock(answer);
        if (lock.isPresent()) {
            throw RouterException.refused("its configuration is locked by somebody else: " + lock.get());
        }
    }

    /**
     * Checks an answer for a denial.
     *
     * @throws RouterException if the user may not type this line
     */
    void denied(String line, Reply answer) throws RouterException {
        Optional<String> denied = answers.denial(answer);
        if (denied.isPresent()) {
            throw RouterException.refused("it does not let " + spec.login().user() + " type '" + line + "' ("
                    + denied.get() + "); have it allowed on the router or its TACACS server");
        }
    }

    /** Leaves config mode; does nothing in another mode. */
    void leave() throws RouterException {
        if (mode == Mode.CONFIG) {
            Reply answer = ask(dialect.ways().leave(), Mode.PRIVILEGED);
            if (mode == Mode.CONFIG) {
                throw closing("it does not leave configuration: " + CliAnswers.oneLine(answer.lines()));
            }
        }
    }

    /** Types an empty line if the session was idle for this long, so that the device does not end it. */
    void stayAwake(Duration idle) throws RouterException {
        if (System.nanoTime() - lastUse >= idle.toNanos()) {
            ask("");
        }
    }

    /** True if the router reverts a change after a time unless it is kept. */
    boolean usesRevert() {
        return usesRevert;
    }

    void usesRevert(boolean uses) {
        usesRevert = uses;
    }

    /** True if planned changes revert by themselves unless kept, by a timer or by the commit. */
    boolean revertsPlanned() {
        return usesRevert || dialect.writing().commit().flatMap(Commit::planned).isPresent();
    }

    /** Number of answers waited for so far. */
    int awaited() {
        return dialogue.awaited();
    }

    boolean isOpen() {
        return dialogue.isOpen();
    }

    @Override
    public void close() {
        dialogue.close();
    }
}
