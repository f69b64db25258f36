package net.reroute.cluster.lease;

import java.time.Duration;
import java.util.Optional;
import net.reroute.cluster.lease.LeaseScript.Answer;
import net.reroute.core.Login;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/**
 * The lease on one router, over a session of its own: the session that types may be busy for seconds. Thread-safe.
 */
final class LeaseSite implements AutoCloseable {

    private static final Duration LOGIN = Duration.ofSeconds(3);
    /** A router that needs longer than the lease lasts cannot keep it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final Login login;
    private volatile Shell shell;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean closed;

    LeaseSite(String name, Login login) {
        this.name = name;
        this.login = login;
    }

    String name() {
        return name;
    }

    /** Why it keeps no lease at present, one clause; empty if it does. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Runs a script; empty if the router did not answer, which {@link #trouble} tells. */
    synchronized Optional<Answer> ask(String script) {
        try {
            Shell open = shell;
            if (open == null || !open.isOpen()) {
                open = Shell.open(login, LOGIN);
                shell = open;
            }
            if (closed) {
                open.close();
                return Optional.empty();
            }
            Shell.Output said = open.run(script, PATIENCE);
            Optional<Answer> answer = LeaseScript.read(said.out());
            trouble = answer.map(Answer::trouble).orElse(Optional.of("its answer is not understood: "
                    + said.complaint())).map(why -> name + ": " + why);
            return answer.filter(a -> a.trouble().isEmpty());
        } catch (SshException e) {
            trouble = Optional.of(name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        Shell open = shell;
        if (open != null) {
            open.close();
        }
    }
}
