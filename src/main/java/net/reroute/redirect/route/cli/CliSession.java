package net.reroute.redirect.route.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Answers;
import net.reroute.core.Dialect.Commit;
import net.reroute.core.Dialect.Mode;
import net.reroute.core.Login.Secret;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.AnswerMatcher.End;
import net.reroute.redirect.route.cli.Dialogue.Answer;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Connections;
import net.reroute.ssh.Deadline;
import net.reroute.ssh.Secrets;
import net.reroute.ssh.SshException;

/**
 * A login on a router's command line: knows its modes and what its answers mean. The mode is read from every prompt and
 * never remembered, so no line is typed where it does not belong.
 */
final class CliSession implements AutoCloseable {

    /** show running-config of a large box takes its time; nobody waits that long for anything else. */
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(400);
    private static final int TRIES = 4;
    private static final int KEEPS = 2;

    /** What came of a typed line. */
    enum Taken {
        YES, NO, UNKNOWN
    }

    /** @param said what the router said to it, in one line */
    record Result(Taken taken, String said) {}

    /** Logins whose last session was lost while a timer was waiting to take a change back. */
    private static final Set<String> TIMED = ConcurrentHashMap.newKeySet();

    private final RouterSpec spec;
    private final Dialect dialect;
    private final Dialogue dialogue;
    private final Duration patience;
    private Mode mode;
    private boolean usesRevert;
    private long lastUse = System.nanoTime();

    CliSession(RouterSpec spec, Dialogue dialogue, Duration patience) {
        this.spec = spec;
        this.dialect = spec.cli().orElseThrow().dialect();
        this.dialogue = dialogue;
        this.patience = patience;
    }

    /** Connects, logs in, and goes to privileged mode. */
    static CliSession open(RouterSpec spec, Duration within, LineListener listener) throws RouterException {
        return open(spec, within, PATIENCE, listener);
    }

    /** @param patience for each answer after the login */
    static CliSession open(RouterSpec spec, Duration within, Duration patience, LineListener listener)
            throws RouterException {
        Dialect dialect = spec.cli().orElseThrow().dialect();
        Connection connection = null;
        try {
            connection = Connections.open(spec.login().withUserSuffix(dialect.ways().loginSuffix()), within);
            Connection.Remote terminal;
            try (Deadline deadline = Deadline.closes(connection, within)) {
                terminal = connection.terminal();
                deadline.leftMillis();
            }
            CliSession session = new CliSession(spec, new Dialogue(terminal, connection, dialect, listener), patience);
            session.begin(within);
            return session;
        } catch (SshException e) {
            quietly(connection);
            throw RouterException.of(e);
        } catch (RouterException e) {
            quietly(connection);
            throw e;
        } catch (IOException e) {
            quietly(connection);
            throw RouterException.unreachable("its session cannot be read: " + e.getMessage(), e);
        }
    }

    private static void quietly(Connection connection) {
        if (connection != null) {
            connection.close();
        }
    }

    /** Goes on with a device that stands at this prompt. */
    void standingAt(String prompt) {
        mode = dialogue.standingAt(prompt);
    }

    /** From the greeting to a session that shows routes. */
    void begin(Duration within) throws RouterException {
        mode = dialogue.greet(within);
        if (mode == Mode.USER) {
            enable();
        }
        if (mode == Mode.CONFIG) {
            ask(dialect.ways().leave(), Mode.PRIVILEGED);
        }
        for (String line : dialect.ways().open()) {
            ask(line); // what a model does not know it complains of, and the pager is answered anyway
        }
        if (dialect.writing().revert().isPresent()) {
            Pattern usable = dialect.writing().revert().get().usable();
            usesRevert = ask(dialect.writing().revert().get().probe()).lines().stream()
                    .anyMatch(l -> usable.matcher(l).find());
            if (TIMED.remove(spec.login().toString())) {
                // What that session began is looked at and finished now; it must not be taken back in a minute.
                ask(dialect.writing().revert().get().keep());
            }
        }
    }

    private void enable() throws RouterException {
        String enable = dialect.ways().enable().orElseThrow(() -> RouterException.refused("its user "
                + spec.login().user() + " gets no privileged mode"));
        Answer answer = dialogue.enable(enable, patience);
        if (answer.end() == End.USERNAME) { // TACACS+ knows people; whoever logged in is who is asked for
            answer = dialogue.name(spec.login().user(), patience);
        }
        if (answer.end() == End.PASSWORD) {
            answer = dialogue.secret(enablePassword(answer.question()), patience);
        }
        if (answer.mode().isEmpty()) {
            throw closing("it refused the enable password (it asks '" + answer.question() + "'); correct it at "
                    + spec.name() + " (tried once, so that nobody is locked out)");
        }
        mode = answer.mode().get();
        if (mode != Mode.PRIVILEGED) {
            throw closing(
                    "it did not let " + spec.login().user() + " into privileged mode: " + oneLine(answer.lines()));
        }
    }

    private char[] enablePassword(String question) throws RouterException {
        return password(spec.cli().orElseThrow().enable().orElseThrow(() -> closing("it asks for the enable password;"
                + " write enable: {file: FILE} at " + spec.name() + " (it asks '" + question + "')")));
    }

    private static char[] password(Secret secret) throws RouterException {
        try {
            return Secrets.read(secret);
        } catch (SshException e) {
            throw RouterException.of(e);
        }
    }

    private RouterException closing(String why) {
        dialogue.close();
        return RouterException.refused(why);
    }

    /** Types a line that leaves the mode as it is. */
    private Answer ask(String line) throws RouterException {
        return ask(line, mode);
    }

    /**
     * Types a line, and notes where that leads. A password is never given here.
     *
     * @param expected mode it should lead to; another one is believed only when it is shown twice
     */
    private Answer ask(String line, Mode expected) throws RouterException {
        lastUse = System.nanoTime();
        Answer answer = dialogue.ask(line, expected, patience);
        mode = answer.mode().orElseThrow(() -> closing("it asks for a " + (answer.end() == End.USERNAME
                ? "user name"
                : "password") + " at '" + line + "' ('" + answer.question() + "')"));
        if (mode != expected) {
            dialogue.confirm(patience);
        }
        return answer;
    }

    /** Types a line that shows something; from config mode too where the dialect knows how. */
    List<String> show(String line) throws RouterException {
        Optional<String> inside = dialect.writing().commit().flatMap(Commit::inside);
        if (mode == Mode.CONFIG && inside.isEmpty()) {
            leave();
        }
        Answer answer = ask(mode == Mode.CONFIG ? inside.get() + line : line);
        deniedOrLocked(line, answer);
        return answer.lines().stream().filter(l -> !l.isBlank() && !AnswerMatcher.matches(dialect.answers().noise(), l))
                .toList();
    }

    /** Types a line that shows something about the configuration being made. */
    List<String> showHere(String line) throws RouterException {
        Answer answer = ask(line);
        deniedOrLocked(line, answer);
        return answer.lines();
    }

    /**
     * Ends the waiting for a change to be kept. Whether that came about is for the device to show; where it does not, it is
     * taken for one that will take the change back.
     */
    void keep(String line) throws RouterException {
        if (dialect.writing().commit().isPresent() && mode != Mode.CONFIG) {
            configure(false);
        }
        Answer answer = ask(line);
        for (int i = 1; !isKept(answer); i++) {
            if (i == KEEPS) {
                throw RouterException.refused("it made the change and may take it back by itself: '" + line
                        + "' was not taken as far as it shows: " + oneLine(answer.lines()));
            }
            answer = ask(line);
        }
        TIMED.remove(spec.login().toString());
    }

    private boolean isKept(Answer answer) throws RouterException {
        Optional<Dialect.Check> check = dialect.writing().commit().flatMap(Commit::check)
                .or(() -> dialect.writing().revert().flatMap(Dialect.Revert::check));
        List<String> aside = answer.lines().stream().filter(l -> AnswerMatcher.matches(dialect.answers().noise(), l))
                .toList();
        if (check.isPresent() && isWaiting(check.get(), aside)) {
            return false;
        }
        if (result(answer).taken() == Taken.YES || check.isEmpty()) {
            return result(answer).taken() == Taken.YES;
        }
        String inside = mode == Mode.CONFIG ? dialect.writing().commit().flatMap(Commit::inside).orElse("") : "";
        List<String> lines = ask(inside + check.get().show()).lines();
        return !isWaiting(check.get(), lines) && lines.stream().anyMatch(l -> check.get().kept().matcher(l).find());
    }

    private static boolean isWaiting(Dialect.Check check, List<String> lines) {
        return lines.stream().anyMatch(l -> check.waiting().filter(p -> p.matcher(l).find()).isPresent());
    }

    /**
     * Enters config mode; a lock of somebody else is waited for, a little.
     *
     * @param planned whether there is time for a revert timer
     * @return what has to be typed, once all is verified, to keep the changes
     */
    Optional<String> configure(boolean planned) throws RouterException {
        boolean revert = planned && usesRevert;
        String line = revert ? dialect.writing().revert().get().begin() : dialect.ways().configure();
        for (int i = 1;; i++) {
            Answer answer = enterConfig(line);
            Optional<String> lock = first(dialect.answers().locked(), answer.lines());
            if (mode == Mode.CONFIG && lock.isEmpty()) {
                if (revert) {
                    TIMED.add(spec.login().toString());
                }
                return revert ? dialect.writing().revert().map(Dialect.Revert::keep) : Optional.empty();
            }
            if (revert && lock.isEmpty()) {
                usesRevert = false; // it has no room for its backup, or the like; the rollback is typed then
                return configure(false);
            }
            if (lock.isEmpty() || i == TRIES) {
                denied(line, answer);
                throw RouterException.refused(lock.map(l -> "its configuration is locked by somebody else: " + l)
                        .orElse("it does not enter configuration at '" + line + "': " + oneLine(answer.lines())));
            }
            pause();
        }
    }

    private Answer enterConfig(String line) throws RouterException {
        try {
            return ask(line, Mode.CONFIG);
        } catch (RouterException e) {
            throw e.refused() || !e.getMessage().startsWith("no answer")
                    ? e
                    : RouterException
                            .unreachable(e.getMessage() + "; if it shows no prompt in configuration mode, have it"
                                    + " show one (on a Cisco: service prompt config)", e);
        }
    }

    private static void pause() throws RouterException {
        try {
            // Two controllers that met once should not meet again.
            Thread.sleep(BETWEEN_TRIES.plusMillis((long) (Math.random() * BETWEEN_TRIES.toMillis())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RouterException.unreachable("interrupted", e);
        }
    }

    /** Types a line of configuration. */
    Result type(String line) throws RouterException {
        if (mode != Mode.CONFIG) {
            return new Result(Taken.NO, "not typed: the router has left configuration mode");
        }
        Result result = result(ask(line));
        return mode == Mode.CONFIG ? result : new Result(Taken.NO, result.said());
    }

    /** What an answer to a line of configuration means. */
    private Result result(Answer answer) {
        Answers known = dialect.answers();
        List<String> said = answer.lines().stream()
                .filter(l -> !l.isBlank() && !AnswerMatcher.matches(known.noise(), l)
                        && !AnswerMatcher.matches(known.passed(), l))
                .toList();
        boolean refused = said.stream()
                .anyMatch(l -> AnswerMatcher.matches(known.refused(), l) || AnswerMatcher.matches(known.denied(), l)
                        || AnswerMatcher.matches(known.locked(), l));
        Taken unlessRefused = said.isEmpty() ? Taken.YES : Taken.UNKNOWN;
        return new Result(refused ? Taken.NO : unlessRefused, oneLine(said));
    }

    /** Leaves config mode. */
    void leave() throws RouterException {
        if (mode == Mode.CONFIG) {
            Answer answer = ask(dialect.ways().leave(), Mode.PRIVILEGED);
            if (mode == Mode.CONFIG) {
                throw closing("it does not leave configuration: " + oneLine(answer.lines()));
            }
        }
    }

    /** Makes the running configuration the one to start from. Returns what went wrong. */
    Optional<String> save() throws RouterException {
        if (dialect.writing().save().isEmpty()) {
            return Optional.empty(); // what is committed there is what it starts from
        }
        leave();
        if (dialect.writing().savedInside()) {
            configure(false);
        }
        Answer answer = ask(dialect.writing().save().get());
        leave();
        boolean done = dialect.writing().saved().map(p -> answer.lines().stream().anyMatch(l -> p.matcher(l).find()))
                .orElse(answer.lines().stream().noneMatch(l -> AnswerMatcher.matches(dialect.answers().refused(), l)));
        return done ? Optional.empty() : Optional.of(oneLine(answer.lines()));
    }

    /** An empty line now and then keeps the device from ending the session. */
    void stayAwake(Duration idle) throws RouterException {
        if (System.nanoTime() - lastUse >= idle.toNanos()) {
            ask("");
        }
    }

    private void deniedOrLocked(String line, Answer answer) throws RouterException {
        denied(line, answer);
        Optional<String> lock = first(dialect.answers().locked(), answer.lines());
        if (lock.isPresent()) {
            throw RouterException.refused("its configuration is locked by somebody else: " + lock.get());
        }
    }

    private void denied(String line, Answer answer) throws RouterException {
        Optional<String> denied = first(dialect.answers().denied(), answer.lines());
        if (denied.isPresent()) {
            throw RouterException.refused("it does not let " + spec.login().user() + " type '" + line + "' ("
                    + denied.get() + "); have it allowed on the router or its TACACS server");
        }
    }

    private static Optional<String> first(List<Pattern> patterns, List<String> lines) {
        return lines.stream().filter(l -> AnswerMatcher.matches(patterns, l)).findFirst().map(String::strip);
    }

    /** What it said, without the caret under the line. */
    static String oneLine(List<String> lines) {
        List<String> words = new ArrayList<>();
        lines.stream().map(String::strip).filter(l -> !l.isEmpty() && !l.equals("^")).forEach(words::add);
        return words.isEmpty() ? "no reason given" : String.join("; ", words);
    }

    /** Whether planned changes go back by themselves unless they are kept. */
    boolean usesRevert() {
        return usesRevert || dialect.writing().commit().flatMap(Commit::planned).isPresent();
    }

    /** How many answers were waited for so far. */
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
