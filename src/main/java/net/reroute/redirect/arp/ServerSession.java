package net.reroute.redirect.arp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import net.reroute.core.Server;
import net.reroute.redirect.arp.LanScript.SendTool;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell kept open on a server, and its logins. After a loss every call fails at once, until a login in the
 * background succeeds: a login takes seconds, and traffic waits. Thread-safe.
 */
final class ServerSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration FIRST_LOGIN = Duration.ofSeconds(2);
    private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    /** What a session needs besides the shell. */
    interface Owner {

        /** Asks what the server has, over a new shell. The session is open after that. */
        SendTool hello(Shell shell, Duration within) throws SshException;

        /** Starts what runs beside the shell, unless it runs already. */
        void warm() throws SshException;

        /** A lost server can be asked again. */
        void reachable();
    }

    private final Server server;
    private final Owner owner;
    private final Fence fence;
    private volatile Shell shell;
    private volatile SendTool tool = SendTool.NOTHING;
    private volatile String why = "";
    private volatile boolean refused;
    private volatile boolean closed;
    private final AtomicReference<CompletableFuture<Void>> begun = new AtomicReference<>();
    private long nextTry = System.nanoTime();
    private Duration backOff = SHORTEST_BACK_OFF;

    /** @param fence that every change has to pass */
    ServerSession(Server server, Owner owner, Fence fence) {
        this.fence = fence;
        this.server = server;
        this.owner = owner;
    }

    String name() {
        return server.name();
    }

    boolean isOpen() {
        Shell open = shell;
        return open != null && open.isOpen();
    }

    /** The program that can send frames on the server; known after a login. */
    SendTool tool() {
        return tool;
    }

    /**
     * Runs a script in the open shell. The first call logs in.
     *
     * @throws SshException at once, if the session is lost
     */
    Shell.Output run(String text, Duration within) throws SshException {
        return in(shell -> shell.run(text, within));
    }

    /** As {@link #run}, for a script that changes something: only if this controller leads. */
    Shell.Output change(String text, Duration within) throws SshException {
        return in(shell -> shell.change(text, within));
    }

    /** That every change has to pass. */
    Fence fence() {
        return fence;
    }

    private interface Use {
        Shell.Output of(Shell shell) throws SshException;
    }

    private Shell.Output in(Use use) throws SshException {
        Shell open = shell();
        try {
            return use.of(open);
        } catch (SshException e) {
            if (!open.isOpen()) {
                lost(e);
            }
            throw e;
        }
    }

    /** Starts another program over the same connection. */
    Connection.Remote beside(String command) throws SshException {
        return shell().beside(command, LOGIN);
    }

    private Shell shell() throws SshException {
        if (shell == null && why.isEmpty()) {
            firstLogin();
        }
        Shell open = shell;
        if (open == null || !open.isOpen()) {
            throw new SshException(refused ? SshException.Failure.REFUSED : SshException.Failure.UNREACHABLE,
                    why.isEmpty() ? "the session on " + name() + " has ended" : why, null);
        }
        return open;
    }

    private void lost(SshException e) {
        why = e.getMessage();
        refused = e.refused();
        Shell open = shell;
        if (open != null) {
            open.close();
        }
    }

    /** Keeps the session, or logs in; waits longer after each failed login, since repeated ones lock accounts. */
    void keepWarm() {
        try {
            if (isOpen()) {
                run(":", LOGIN);
                owner.warm();
            } else if (isDue()) {
                open();
            }
        } catch (SshException e) {
            why = e.getMessage(); // the next call throws it
        }
    }

    private synchronized boolean isDue() {
        return System.nanoTime() - nextTry >= 0;
    }

    /** Logs in at once, since something was heard of the server. Does nothing if the last login was refused. */
    void sighted() throws SshException {
        if (!isOpen() && !refused) {
            open();
        }
    }

    /** Waits for the first login, but not as long as a dead server takes. */
    private void firstLogin() throws SshException {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = begun.compareAndSet(null, mine) ? mine : begun.get();
        if (first == mine) {
            Thread.ofPlatform().daemon().name("login-" + name()).start(() -> openFirst(mine));
        }
        try {
            first.get(FIRST_LOGIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SshException(SshException.Failure.UNREACHABLE, name() + " has not answered the login yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SshException(SshException.Failure.UNREACHABLE, "interrupted", e);
        } catch (ExecutionException e) {
            throw new SshException(SshException.Failure.UNREACHABLE, name() + " cannot be logged in to", e);
        }
    }

    private void openFirst(CompletableFuture<Void> done) {
        try {
            open();
        } catch (SshException e) {
            LOG.debug("{} cannot be logged in to", name(), e); // the caller reports it
        } finally {
            done.complete(null);
        }
    }

    /**
     * Several logins may run at once: one that began while the server was dead would still wait for its
     * retransmissions.
     */
    private void open() throws SshException {
        if (isOpen() || closed) {
            return;
        }
        try {
            Shell next = Shell.open(server.login().orElseThrow(), LOGIN).fencedBy(fence);
            opened(next, owner.hello(next, LOGIN));
        } catch (SshException e) {
            notOpened(e);
            throw e;
        }
    }

    private void opened(Shell next, SendTool found) {
        boolean first;
        synchronized (this) {
            first = shell == null;
            if (isOpen() || closed) {
                next.close();
                return;
            }
            tool = found;
            shell = next;
            why = "";
            refused = false;
            backOff = SHORTEST_BACK_OFF;
        }
        try {
            owner.warm();
        } catch (SshException e) {
            LOG.debug("{} runs nothing beside the shell", name(), e); // the next announcement reports it
        }
        if (!first) {
            owner.reachable();
        }
    }

    private synchronized void notOpened(SshException e) {
        if (!isOpen()) {
            why = e.getMessage();
            refused = e.refused();
            nextTry = System.nanoTime() + backOff.toNanos();
            Duration doubled = backOff.multipliedBy(2);
            backOff = doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
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
