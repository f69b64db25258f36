package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.CliAnswers.Accepted;
import net.reroute.redirect.route.cli.CliAnswers.LineResult;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Fence;

/** A router's command line for lines that are not about static routes. Not thread-safe. */
public final class CommandLine implements AutoCloseable {

    private final CliSession session;
    private final ConfigSession config;

    private CommandLine(RouterSpec spec, CliSession session) {
        this.session = session;
        this.config = new ConfigSession(spec, session);
    }

    /** Logs in. {@code within} limits connecting, opening the terminal and reading the greeting, each. */
    public static CommandLine open(RouterSpec spec, Duration within, Fence fence) throws RouterException {
        return new CommandLine(spec, CliLogin.open(spec, within, new Transcript(spec.name())).fencedBy(fence));
    }

    /** Types a line that shows something. Returns the answer without blank lines and noise. */
    public List<String> show(String line) throws RouterException {
        return session.show(line);
    }

    /**
     * Types lines in configuration mode, until one is refused. An answer that is not understood does not end it: a look
     * at the configuration must follow.
     *
     * @return the line that was refused and the answer; empty if none was
     */
    public Optional<String> configure(List<String> lines) throws RouterException {
        config.configure(false);
        Optional<String> refused = Optional.empty();
        for (String line : lines) {
            LineResult result = config.type(line);
            if (result.accepted() == Accepted.NO) {
                refused = Optional.of("'" + line + "': " + result.said());
                break;
            }
        }
        session.leave();
        return refused;
    }

    /** Types an empty line if nothing was typed for this long, so that the device does not end the session. */
    public void stayAwake(Duration idle) throws RouterException {
        session.stayAwake(idle);
    }

    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void close() {
        session.close();
    }
}
