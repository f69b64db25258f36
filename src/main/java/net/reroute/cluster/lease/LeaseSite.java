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
    private final LeaseScript script;
    private final String member;
    private volatile Shell shell;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean closed;

    /** @param member who asks */
    LeaseSite(String name, Login login, LeaseScript script, String member) {
        this.script = script;
        this.member = member;
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

    /**
     * Asks about the lease; empty if the router did not answer, which {@link #trouble} tells.
     *
     * @param synced the other member has all records
     */
    Optional<Answer> ask(LeaseAsk ask, boolean synced) {
        return run(switch (ask.word()) {
            case LOOK -> script.look();
            case TAKE -> script.take(member, ask.epoch(), LeaseScript.TTL, synced);
            case MORE -> script.takeMore(member, ask.epoch(), LeaseScript.TTL, synced);
            case RENEW -> script.renew(member, ask.epoch(), LeaseScript.TTL, synced);
        });
    }

    /** Gives the lease up. */
    void release(long epoch) {
        run(script.release(member, epoch));
    }

    private synchronized Optional<Answer> run(String line) {
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
            Shell.Output said = open.run(line, PATIENCE);
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
