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
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one shell kept open on a server, and its logins. A lost server answers nothing until a login succeeds in the
 * background: a login takes seconds, and traffic waits. Safe for many threads.
 */
final class ServerSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration FIRST_LOGIN = Duration.ofSeconds(2);
    private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    /** What belongs to a login beyond the shell. */
    interface Owner {

        /** Asks a new shell what the server has; the session is open after that. */
        SendTool hello(Shell shell, Duration within) throws SshException;

        /** Starts what runs beside the shell, unless it runs. */
        void warm() throws SshException;

        /** A server that was lost can be asked again. */
        void reachable();
    }

    private final Server server;
    private final Owner owner;
    private volatile Shell shell;
    private volatile SendTool tool = SendTool.NOTHING;
    private volatile String why = "";
    private volatile boolean refused;
    private volatile boolean closed;
    private final AtomicReference<CompletableFuture<Void>> begun = new AtomicReference<>();
    private long nextTry = System.nanoTime();
    private Duration backOff = SHORTEST_BACK_OFF;

    ServerSession(Server server, Owner owner) {
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

    /** What the server can send frames with. */
    SendTool tool() {
        return tool;
    }

    /** Runs a script in the open shell. The first call logs in. */
    Shell.Result run(String text, Duration within) throws SshException {
        Shell open = shell();
        try {
            return open.run(text, within);
        } catch (SshException e) {
            if (!open.isOpen()) {
                lost(e);
            }
            throw e;
        }
    }

    /** Starts another program in the session of the shell. */
    Connection.Remote beside(String command) throws SshException {
        return shell().beside(command, LOGIN);
    }

    private Shell shell() throws SshException {
        if (shell == null && why.isEmpty()) {
            firstLogin();
        }
        Shell open = shell;
        if (open == null || !open.isOpen()) {
            throw new SshException(refused ? SshException.Kind.REFUSED : SshException.Kind.UNREACHABLE,
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

    /** Keeps the session from going idle, or logs in. A refused login is not repeated at once, since that locks accounts. */
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

    /** Logs in at once: something was heard of the server. */
    void sighted() throws SshException {
        if (!isOpen() && !refused) {
            open();
        }
    }

    /** The first call waits for the login, but not as long as a dead server takes. */
    private void firstLogin() throws SshException {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = begun.compareAndSet(null, mine) ? mine : begun.get();
        if (first == mine) {
            Thread.ofPlatform().daemon().name("login-" + name()).start(() -> openFirst(mine));
        }
        try {
            first.get(FIRST_LOGIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SshException(SshException.Kind.UNREACHABLE, name() + " has not answered the login yet", e);
        } catch (InterruptedException | ExecutionException e) {
            throw new SshException(SshException.Kind.UNREACHABLE, "interrupted", e);
        }
    }

    private void openFirst(CompletableFuture<Void> done) {
        try {
            open();
        } catch (SshException e) {
            LOG.debug("{} cannot be logged in to", name(), e); // the caller throws it
        } finally {
            done.complete(null);
        }
    }

    /** Several logins may run at once: one that began while the server was dead waits seconds for its retransmissions. */
    private void open() throws SshException {
        if (isOpen() || closed) {
            return;
        }
        try {
            Shell next = Shell.open(server.login().orElseThrow(), LOGIN);
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
            LOG.debug("{} runs nothing beside the shell", name(), e); // the next announcement tells it
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
