package net.reroute.redirect.arp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.reroute.core.Server;
import net.reroute.redirect.arp.LanScript.SendTool;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one shell kept open on a server. A server that was lost answers nothing until it was reached again: nobody waits for
 * a login while traffic waits.
 */
final class ServerLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);
    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration FIRST_LOGIN = Duration.ofSeconds(2);
    private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    private final Server server;
    private final LanScript script;
    private final MacTable hardware;
    private final Consumer<String> reachable;
    private final RemoteRawSocket wire;
    private final Object typing = new Object();
    private volatile Shell shell;
    private volatile SendTool sender = SendTool.NOTHING;
    private volatile String why = "";
    private volatile boolean refused;
    private volatile boolean closed;
    private final AtomicReference<CompletableFuture<Void>> begun = new AtomicReference<>();
    private long nextTry = System.nanoTime();
    private Duration backOff = SHORTEST_BACK_OFF;

    /**
     * @param reachable told its name when it can be asked again
     * @param hears told what is said on its LAN of the addresses it watches
     */
    ServerLink(Server server, MacTable hardware, Consumer<String> reachable, Consumer<ArpObservation> hears) {
        this.server = server;
        this.hardware = hardware;
        this.reachable = reachable;
        this.script = new LanScript(server.login().orElseThrow());
        this.wire = new RemoteRawSocket(this, hardware, hears);
    }

    String name() {
        return server.name();
    }

    LanScript script() {
        return script;
    }

    boolean isOpen() {
        Shell open = shell;
        return open != null && open.isOpen();
    }

    /** Why it cannot be asked; empty if it can. */
    Optional<String> trouble() {
        return isOpen() ? Optional.empty() : Optional.of(why.isEmpty() ? "was not asked yet" : why);
    }

    SendTool sender() {
        return sender;
    }

    RemoteRawSocket wire() {
        return wire;
    }

    /** Held while addresses are brought up or taken off, so that the last word is that of the last decision. */
    Object typing() {
        return typing;
    }

    /** Runs a script in the open shell; where there never was one, logs in first. */
    Shell.Answer run(String text, Duration within) throws SshException {
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

    /** Logs in where it is not; a refused login is not repeated at once, since that locks accounts. */
    void keepWarm() {
        try {
            if (isOpen()) {
                run(":", LOGIN);
                wire.warm();
            } else if (isDue()) {
                open();
            }
        } catch (SshException e) {
            why = e.getMessage(); // told by who needs it
        }
    }

    private synchronized boolean isDue() {
        return System.nanoTime() - nextTry >= 0;
    }

    /** Something was heard of it: tries at once. */
    void sighted() throws SshException {
        if (!isOpen() && !refused) {
            open();
        }
    }

    /** One waits for the first login, but not as long as a dead server lets it take. */
    private void firstLogin() throws SshException {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = begun.compareAndSet(null, mine) ? mine : begun.get();
        if (first == mine) {
            Thread.ofPlatform().daemon().name("login-" + name()).start(() -> {
                try {
                    open();
                } catch (SshException e) {
                    LOG.debug("{} cannot be logged in to", name(), e); // told by why
                } finally {
                    mine.complete(null);
                }
            });
        }
        try {
            first.get(FIRST_LOGIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SshException(SshException.Kind.UNREACHABLE, name() + " has not answered the login yet", e);
        } catch (InterruptedException | ExecutionException e) {
            throw new SshException(SshException.Kind.UNREACHABLE, "interrupted", e);
        }
    }

    /** Several may try at once: a login begun while the server was dead waits seconds for its own retransmissions. */
    private void open() throws SshException {
        if (isOpen() || closed) {
            return;
        }
        try {
            Shell next = Shell.open(server.login().orElseThrow(), LOGIN);
            opened(next, ask(next));
        } catch (SshException e) {
            notOpened(e);
            throw e;
        }
    }

    private void opened(Shell next, SendTool told) {
        boolean first;
        synchronized (this) {
            first = shell == null;
            if (isOpen() || closed) {
                next.close();
                return;
            }
            sender = told;
            shell = next;
            why = "";
            refused = false;
            backOff = SHORTEST_BACK_OFF;
        }
        try {
            wire.warm();
        } catch (SshException e) {
            LOG.debug("{} runs nothing beside the shell", name(), e); // told by who needs it
        }
        if (!first) {
            reachable.accept(name());
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

    private SendTool ask(Shell of) throws SshException {
        Shell.Answer answer = of.run(script.hello(), LOGIN);
        int cut = answer.out().indexOf(LanScript.NEXT);
        try {
            if (!answer.ok() || cut < 0) {
                of.close();
                throw new SshException(SshException.Kind.REFUSED, name() + " refuses 'ip': " + answer.complaint()
                        + (server.login().get().sudo()
                                ? "; allow " + server.login().get().user() + " to run ip with sudo -n"
                                : ""),
                        null);
            }
            hardware.learn(name(), Interface.read(answer.out().substring(0, cut)));
            return LanScript.sender(answer.out().substring(cut + LanScript.NEXT.length()));
        } catch (SshException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            of.close();
            throw new SshException(SshException.Kind.REFUSED,
                    name() + " shows its interfaces in a way nobody understands: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Its interfaces now. */
    List<Interface> interfaces(Duration within) throws SshException {
        Shell.Answer answer = run(script.show(), within);
        try {
            if (!answer.ok()) {
                throw new SshException(SshException.Kind.REFUSED, name() + ": " + answer.complaint(), null);
            }
            List<Interface> now = Interface.read(answer.out());
            hardware.learn(name(), now);
            return now;
        } catch (SshException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new SshException(SshException.Kind.REFUSED,
                    name() + " shows its interfaces in a way nobody understands: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        closed = true;
        Shell open = shell;
        if (open != null) {
            open.close();
        }
        wire.close();
    }
}
