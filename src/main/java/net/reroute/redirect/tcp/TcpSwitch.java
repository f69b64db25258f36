package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import net.reroute.core.Endpoint;
import net.reroute.core.SwitchSpec;

/** A running switch. Thread-safe. */
public final class TcpSwitch implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private final SwitchState state;
    private final List<SwitchLoop> loops = new ArrayList<>();
    private ServerSocketChannel listening;

    private TcpSwitch(SwitchState state, ServerSocketChannel listening) {
        this.state = state;
        this.listening = listening;
    }

    /**
     * Starts to take connections.
     *
     * @throws IOException if it cannot listen there; the message says why, and what to do
     */
    public static TcpSwitch start(String name, SwitchSpec spec) throws IOException {
        return start(name, spec, e -> new InetSocketAddress(e.address().inet(), e.port()));
    }

    /**
     * As {@link #start(String, SwitchSpec)}, with backends elsewhere.
     *
     * @param way the socket address of a backend
     */
    static TcpSwitch start(String name, SwitchSpec spec, Function<Endpoint, InetSocketAddress> way)
            throws IOException {
        TcpSwitch made = new TcpSwitch(new SwitchState(spec, way), listen(spec.listen()));
        try {
            for (int i = 0; i < THREADS; i++) {
                made.loops.add(new SwitchLoop(name, made.state, made.listening));
            }
        } catch (IOException e) {
            made.close();
            throw e;
        }
        made.loops.forEach(l -> Thread.ofPlatform().daemon().name("switch-" + name).start(l));
        return made;
    }

    /** True if this machine has the address, or takes it for any of its own. */
    public static boolean isHere(Endpoint at) throws SocketException {
        InetAddress address = at.address().inet();
        return address.isAnyLocalAddress() || address.isLoopbackAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }

    private static ServerSocketChannel listen(Endpoint at) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(Sockets.family(at));
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(at.address().inet(), at.port()), BACKLOG);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot listen at " + at + ": " + advice(e, at), e);
        }
    }

    private static String advice(IOException e, Endpoint at) {
        String why = String.valueOf(e.getMessage());
        if (why.contains("in use")) {
            return "another program does; 'ss -Hltnp sport = :" + at.port() + "' names it";
        }
        if (e instanceof BindException && why.contains("assign")) {
            return "this machine does not have the address";
        }
        return why.contains("denied")
                ? "ports below 1024 need the capability CAP_NET_BIND_SERVICE"
                : why;
    }

    /**
     * Changes the settings. Connections that are there go on as they are.
     *
     * @throws IOException if it cannot listen at the new place; then nothing is changed
     */
    public synchronized void use(SwitchSpec spec) throws IOException {
        if (!spec.listen().equals(state.spec().listen())) {
            ServerSocketChannel before = listening;
            listening = listen(spec.listen());
            loops.forEach(l -> l.listen(listening));
            before.close();
        }
        state.use(spec);
    }

    /** Sets the backends that get new connections. The others keep those that they have. */
    public void allow(Collection<String> backends) {
        state.backends().allow(backends);
    }

    public SwitchSpec spec() {
        return state.spec();
    }

    /** Receives the backends that can no longer be connected to, or can again, as that is noticed. Replaces the one before. */
    void watch(Consumer<String> told) {
        state.watch(told);
    }

    public SwitchReport report() {
        return new SwitchReport(state.active.get(), state.taken.sum(), state.refused.sum(), state.lastWords.sum(),
                state.toBackends.sum(), state.toClients.sum(), state.backends().all().stream()
                        .map(b -> new SwitchReport.OfBackend(b.toString(), b.isAllowed(), b.isBad(), b.active.get(),
                                b.taken.get(), b.failed.get()))
                        .toList());
    }

    /** Takes no more connections. Those that are there go on to their end, and then the threads end. */
    public synchronized void retire() {
        loops.forEach(SwitchLoop::retire);
        try {
            listening.close();
        } catch (IOException e) {
            throw new IllegalStateException("a listening socket that cannot be closed", e);
        }
    }

    /** Ends all connections. */
    @Override
    public synchronized void close() {
        loops.forEach(SwitchLoop::close);
        try {
            listening.close();
        } catch (IOException e) {
            throw new IllegalStateException("a listening socket that cannot be closed", e);
        }
    }
}
