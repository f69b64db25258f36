package net.reroute.redirect.route.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Mode;
import net.reroute.core.Dialect.Revert;
import net.reroute.core.Login.Secret;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.AnswerMatcher.End;
import net.reroute.redirect.route.cli.Dialogue.Reply;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Connections;
import net.reroute.ssh.Deadline;
import net.reroute.ssh.Secrets;
import net.reroute.ssh.SshException;

/** The login to a router's command line: from the greeting to a session in privileged mode that can show routes. */
final class CliLogin {

    private final RouterSpec spec;
    private final Dialect dialect;
    private final Dialogue dialogue;
    private final Duration patience;

    /** @param patience deadline for each answer after the greeting */
    CliLogin(RouterSpec spec, Dialogue dialogue, Duration patience) {
        this.spec = spec;
        this.dialect = spec.cli().orElseThrow().dialect();
        this.dialogue = dialogue;
        this.patience = patience;
    }

    /** Connects, logs in, and enters privileged mode. */
    static CliSession open(RouterSpec spec, Duration within, LineListener listener) throws RouterException {
        return open(spec, within, CliSession.PATIENCE, listener);
    }

    /** @param patience deadline for each answer after the login */
    static CliSession open(RouterSpec spec, Duration within, Duration patience, LineListener listener)
            throws RouterException {
        Connection connection = null;
        try {
            Dialect dialect = spec.cli().orElseThrow().dialect();
            connection = Connections.open(spec.login().withUserSuffix(dialect.ways().loginSuffix()), within);
            Dialogue dialogue = new Dialogue(terminal(connection, within), connection, dialect, listener,
                    spec.cli().orElseThrow().quiet());
            return new CliLogin(spec, dialogue, patience).begin(within);
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

    private static Connection.Remote terminal(Connection connection, Duration within) throws IOException {
        try (Deadline deadline = Deadline.closes(connection, within)) {
            Connection.Remote terminal = connection.terminal();
            deadline.leftMillis();
            return terminal;
        }
    }

    private static void quietly(Connection connection) {
        if (connection != null) {
            connection.close();
        }
    }

    /** Reads the greeting, enters privileged mode and sets up the terminal. The session can then show routes. */
    CliSession begin(Duration within) throws RouterException {
        Mode greeted = dialogue.greet(within);
        CliSession session = new CliSession(spec, dialogue, patience, greeted == Mode.USER ? enable() : greeted);
        if (session.mode() == Mode.CONFIG) {
            session.ask(dialect.ways().leave(), Mode.PRIVILEGED);
        }
        for (String line : dialect.ways().open()) {
            session.ask(line); // some models reject one of these lines; the pager is then answered
        }
        if (dialect.writing().revert().isPresent()) {
            revert(session, dialect.writing().revert().get());
        }
        return session;
    }

    private void revert(CliSession session, Revert revert) throws RouterException {
        Pattern usable = revert.usable();
        session.usesRevert(session.ask(revert.probe()).lines().stream().anyMatch(l -> usable.matcher(l).find()));
        if (ConfigSession.wasTimed(spec.login())) {
            // the change of the lost session is examined now, so its timer must not revert it
            session.ask(revert.keep());
        }
    }

    private Mode enable() throws RouterException {
        String enable = dialect.ways().enable().orElseThrow(() -> RouterException.refused("its user "
                + spec.login().user() + " gets no privileged mode"));
        Reply answer = dialogue.enable(enable, patience);
        if (answer.end() == End.USERNAME) { // TACACS+ asks for a name again, that of the login
            answer = dialogue.name(spec.login().user(), patience);
        }
        if (answer.end() == End.PASSWORD) {
            answer = dialogue.secret(enablePassword(answer.question()), patience);
        }
        if (answer.mode().isEmpty()) {
            throw closing("it refused the enable password (it asks '" + answer.question() + "'); correct it at "
                    + spec.name() + " (tried once, so that nobody is locked out)");
        }
        if (answer.mode().get() != Mode.PRIVILEGED) {
            throw closing("it did not let " + spec.login().user() + " into privileged mode: "
                    + CliAnswers.oneLine(answer.lines()));
        }
        return answer.mode().get();
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
}
