package net.reroute.redirect.arp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.reroute.core.Server;
import net.reroute.redirect.arp.LanScript.SendTool;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/**
 * One server of a LAN: its session, its interfaces, and the socket through which it sends and hears frames.
 * Thread-safe.
 */
final class ServerLink implements ServerSession.Owner, AutoCloseable {

    private final Server server;
    private final LanScript script;
    private final MacTable hardware;
    private final Consumer<String> reachable;
    private final ServerSession session;
    private final RemoteRawSocket socket;
    private final Object typing = new Object();

    /**
     * @param reachable receives the server's name when a lost server can be asked again
     * @param hears receives what the server hears about the addresses it watches
     * @param fence that every change has to pass
     */
    ServerLink(Server server, MacTable hardware, Consumer<String> reachable, Consumer<ArpObservation> hears,
            Fence fence) {
        this.server = server;
        this.hardware = hardware;
        this.reachable = reachable;
        this.script = new LanScript(server.login().orElseThrow());
        this.session = new ServerSession(server, this, fence);
        this.socket = new RemoteRawSocket(session, script, hardware, hears);
    }

    String name() {
        return server.name();
    }

    LanScript script() {
        return script;
    }

    ServerSession session() {
        return session;
    }

    RemoteRawSocket socket() {
        return socket;
    }

    /** The lock for adding and deleting addresses, so that the last line typed belongs to the last decision. */
    Object typing() {
        return typing;
    }

    /** As {@link ServerSession#run}. */
    Shell.Output run(String text, Duration within) throws SshException {
        return session.run(text, within);
    }

    /** As {@link ServerSession#change}. */
    Shell.Output change(String text, Duration within) throws SshException {
        return session.change(text, within);
    }

    /** Asks for the server's interfaces, and learns their hardware addresses. */
    List<Interface> interfaces(Duration within) throws SshException {
        Shell.Output answer = run(script.show(), within);
        if (!answer.ok()) {
            throw new SshException(SshException.Failure.REFUSED, name() + ": " + answer.complaint(), null);
        }
        try {
            return learnt(answer.out());
        } catch (IOException | IllegalArgumentException e) {
            throw notUnderstood(e);
        }
    }

    private List<Interface> learnt(String json) throws IOException {
        List<Interface> now = Interface.read(json);
        hardware.learn(name(), now);
        return now;
    }

    private SshException notUnderstood(Exception e) {
        return new SshException(SshException.Failure.REFUSED,
                name() + " shows its interfaces in a way that reroute does not understand: " + e.getMessage(), e);
    }

    @Override
    public SendTool hello(Shell shell, Duration within) throws SshException {
        Shell.Output answer = shell.run(script.hello(), within);
        int cut = answer.out().indexOf(LanScript.NEXT);
        if (!answer.ok() || cut < 0) {
            shell.close();
            throw new SshException(SshException.Failure.REFUSED, name() + " refuses 'ip': " + answer.complaint()
                    + (server.login().get().sudo()
                            ? "; allow " + server.login().get().user() + " to run ip with sudo -n"
                            : ""),
                    null);
        }
        try {
            learnt(answer.out().substring(0, cut));
            return LanScript.tool(answer.out().substring(cut + LanScript.NEXT.length()));
        } catch (IOException | IllegalArgumentException e) {
            shell.close();
            throw notUnderstood(e);
        }
    }

    @Override
    public void warm() throws SshException {
        socket.warm();
    }

    @Override
    public void reachable() {
        reachable.accept(name());
    }

    @Override
    public void close() {
        session.close();
        socket.close();
    }
}
