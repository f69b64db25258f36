package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Commit;
import net.reroute.core.Dialect.Mode;
import net.reroute.core.Dialect.Writing;
import net.reroute.core.Login;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.CliAnswers.Accepted;
import net.reroute.redirect.route.cli.CliAnswers.LineResult;
import net.reroute.redirect.route.cli.Dialogue.Reply;
import net.reroute.redirect.route.router.RouterException;

/** A configuration session on a router: lock, lines, timed revert, saving. */
final class ConfigSession {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(400);
    private static final int TRIES = 4;
    private static final int KEEPS = 2;

    /** Logins with a timer on the router that waits to revert a change, maybe of a lost session. */
    private static final Set<String> TIMED = ConcurrentHashMap.newKeySet();

    private final RouterSpec spec;
    private final Dialect dialect;
    private final Writing writing;
    private final CliSession session;
    private final CliAnswers answers;

    ConfigSession(RouterSpec spec, CliSession session) {
        this.spec = spec;
        this.dialect = spec.cli().orElseThrow().dialect();
        this.writing = dialect.writing();
        this.session = session;
        this.answers = new CliAnswers(dialect);
    }

    /** True if a timed revert was left running for a login. Forgets it. */
    static boolean wasTimed(Login login) {
        return TIMED.remove(login.toString());
    }

    /**
     * Enters config mode. Waits briefly for a lock to end.
     *
     * @param planned true if there is time for a revert timer
     * @return the line that keeps the changes, to be typed after verification; empty if none is needed
     */
    Optional<String> configure(boolean planned) throws RouterException {
        boolean revert = planned && session.usesRevert();
        String line = revert ? writing.revert().get().begin() : dialect.ways().configure();
        for (int i = 1;; i++) {
            Reply answer = enter(line);
            Optional<String> lock = answers.lock(answer);
            if (session.mode() == Mode.CONFIG && lock.isEmpty()) {
                return revert ? timed() : Optional.empty();
            }
            if (revert && lock.isEmpty()) {
                session.usesRevert(false); // no room for the backup, for example; failures then revert by undo lines
                return configure(false);
            }
            if (lock.isEmpty() || i == TRIES) {
                session.denied(line, answer);
                throw RouterException.refused(lock.map(l -> "its configuration is locked by somebody else: " + l)
                        .orElse("it does not enter configuration at '" + line + "': "
                                + CliAnswers.oneLine(answer.lines())));
            }
            pause();
        }
    }

    private Optional<String> timed() {
        TIMED.add(spec.login().toString());
        return writing.revert().map(Dialect.Revert::keep);
    }

    private Reply enter(String line) throws RouterException {
        try {
            return session.ask(line, Mode.CONFIG);
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
            // random, so that two controllers do not collide again
            Thread.sleep(BETWEEN_TRIES.plusMillis((long) (Math.random() * BETWEEN_TRIES.toMillis())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RouterException.unreachable("interrupted", e);
        }
    }

    /** Types a line of configuration. The result is NO, and nothing is typed, outside config mode. */
    LineResult type(String line) throws RouterException {
        if (session.mode() != Mode.CONFIG) {
            return new LineResult(Accepted.NO, "not typed: the router has left configuration mode");
        }
        session.mayType();
        LineResult result = answers.result(session.ask(line));
        return session.mode() == Mode.CONFIG ? result : new LineResult(Accepted.NO, result.said());
    }

    /**
     * Keeps a change.
     *
     * @throws RouterException refused, if the device does not show that the change is kept; it may then revert
     */
    void keep(String line) throws RouterException {
        if (writing.commit().isPresent() && session.mode() != Mode.CONFIG) {
            configure(false);
        }
        session.mayType();
        Reply answer = session.ask(line);
        for (int i = 1; !isKept(answer); i++) {
            if (i == KEEPS) {
                throw RouterException.refused("it made the change and may take it back by itself: '" + line
                        + "' was not taken as far as it shows: " + CliAnswers.oneLine(answer.lines()));
            }
            session.mayType();
            answer = session.ask(line);
        }
        wasTimed(spec.login());
    }

    private boolean isKept(Reply answer) throws RouterException {
        Optional<Dialect.Check> check = writing.commit().flatMap(Commit::check)
                .or(() -> writing.revert().flatMap(Dialect.Revert::check));
        if (check.isPresent() && isWaiting(check.get(), answer.lines().stream().filter(answers::isNoise).toList())) {
            return false;
        }
        boolean accepted = answers.result(answer).accepted() == Accepted.YES;
        return accepted || check.isEmpty() ? accepted : showsKept(check.get());
    }

    private boolean showsKept(Dialect.Check check) throws RouterException {
        String inside = session.mode() == Mode.CONFIG ? writing.commit().flatMap(Commit::inside).orElse("") : "";
        List<String> lines = session.ask(inside + check.show()).lines();
        return !isWaiting(check, lines) && lines.stream().anyMatch(l -> check.kept().matcher(l).find());
    }

    private static boolean isWaiting(Dialect.Check check, List<String> lines) {
        return lines.stream().anyMatch(l -> check.waiting().filter(p -> p.matcher(l).find()).isPresent());
    }

    /** Saves the running configuration as the startup configuration. Returns the complaint; empty if it worked. */
    Optional<String> save() throws RouterException {
        if (writing.save().isEmpty()) {
            return Optional.empty(); // there a commit also changes the startup configuration
        }
        session.leave();
        if (writing.savedInside()) {
            configure(false);
        }
        session.mayType();
        Reply answer = session.ask(writing.save().get());
        session.leave();
        return isSaved(answer) ? Optional.empty() : Optional.of(CliAnswers.oneLine(answer.lines()));
    }

    private boolean isSaved(Reply answer) {
        return writing.saved().map(p -> answer.lines().stream().anyMatch(l -> p.matcher(l).find()))
                .orElse(answer.lines().stream().noneMatch(answers::isRefusal));
    }
}
