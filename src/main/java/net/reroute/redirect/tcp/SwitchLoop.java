package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread of a switch, and the connections that it serves. All its methods but the public ones run on it. */
final class SwitchLoop implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchLoop.class);
    private static final int BUFFER = 128 << 10;
    private static final int AT_ONCE = 16;
    private static final long TICK_MILLIS = 50;
    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String name;
    private final SwitchState state;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final List<SocketChannel> dying = new ArrayList<>();
    private final Set<Relay> relays = new HashSet<>();
    /** Those of the relays that have a deadline soon. */
    private final Set<Relay> waiting = new HashSet<>();
    private final ConcurrentLinkedQueue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private SelectionKey door;
    private long sweptAt = System.nanoTime();
    private long tickedAt = sweptAt;
    private long saidAt = System.nanoTime() - QUIET_NANOS;
    private boolean retired;
    private volatile boolean closed;

    SwitchLoop(String name, SwitchState state, ServerSocketChannel listening) throws IOException {
        this.name = name;
        this.state = state;
        this.selector = Selector.open();
        this.door = listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    SwitchState state() {
        return state;
    }

    Selector selector() {
        return selector;
    }

    /** For one read and the write that follows it. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    /** What was just read into the buffer. */
    ByteBuffer read() {
        return buffer.flip();
    }

    void ended(Relay relay) {
        relays.remove(relay);
    }

    /** Takes connections at another place from now on. Safe on any thread. */
    void listen(ServerSocketChannel listening) {
        asked.add(() -> {
            try {
                door.cancel();
                door = listening.register(selector, SelectionKey.OP_ACCEPT);
            } catch (IOException e) {
                LOG.warn("the switch {} takes no connections: {}", name, e.getMessage());
            }
        });
        selector.wakeup();
    }

    @Override
    public void run() {
        while (!closed && !(retired && relays.isEmpty())) {
            try {
                if (dying.isEmpty()) {
                    selector.select(this::event, TICK_MILLIS);
                } else {
                    List<SocketChannel> dead = List.copyOf(dying);
                    dying.clear();
                    selector.selectNow(this::event);
                    dead.forEach(Sockets::close);
                }
                Runnable next = asked.poll();
                if (next != null) {
                    next.run();
                }
                tick();
            } catch (IOException | ClosedSelectorException e) {
                LOG.debug("a thread of the switch {} ends", name, e);
                closed = true;
            } catch (RuntimeException e) {
                LOG.error("the switch {}: internal error; it goes on", name, e);
            }
        }
        List.copyOf(relays).forEach(Relay::close);
        dying.forEach(Sockets::close);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing a selector", e);
        }
    }

    private void event(SelectionKey key) {
        try {
            if (key == door) {
                accept();
            } else {
                relay(key);
            }
        } catch (CancelledKeyException e) {
            LOG.trace("a connection has ended meanwhile", e);
        }
    }

    /** An internal error costs the connection, and no other. */
    private static void relay(SelectionKey key) {
        Relay relay = (Relay) key.attachment();
        try {
            relay.event(key);
        } catch (CancelledKeyException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("a connection ends with an internal error", e);
            relay.close();
        }
    }

    // ---- taking connections --------------------------------------------------------------------------------------

    private void accept() {
        for (int i = 0; i < AT_ONCE; i++) {
            if (state.isFull()) {
                pause("has " + state.spec().limits().most() + " connections, which is its limit; more have to wait");
                return;
            }
            try {
                SocketChannel client = ((ServerSocketChannel) door.channel()).accept();
                if (client == null) {
                    return;
                }
                begin(client);
            } catch (IOException e) {
                starved(e);
                return;
            }
        }
    }

    private void begin(SocketChannel client) {
        try {
            InetSocketAddress source = (InetSocketAddress) client.getRemoteAddress();
            state.taken.increment();
            Sockets.prepare(client);
            Relay relay = new Relay(this, client, source);
            state.active.incrementAndGet();
            relays.add(relay);
            relay.begin();
        } catch (IOException | NullPointerException e) {
            Sockets.close(client); // gone already
        }
    }

    /**
     * Closes a channel once the selector has let go of it: closing one that is registered takes two more system calls
     * (sun.nio.ch.SocketChannelImpl).
     */
    void bury(SelectionKey key, SocketChannel channel) {
        if (key != null) {
            key.cancel();
        }
        dying.add(channel);
    }

    /** The process or the machine has no descriptors, ports or memory left. Others may end; trying again at once may not. */
    void starved(IOException e) {
        pause("cannot open any more connections: " + e.getMessage() + "; raise LimitNOFILE of the unit, or 'limits'");
    }

    private void pause(String why) {
        door.interestOps(0);
        if (System.nanoTime() - saidAt > QUIET_NANOS) {
            saidAt = System.nanoTime();
            LOG.warn("the switch {} {}", name, why);
        }
    }

    // ---- time ----------------------------------------------------------------------------------------------------

    private void tick() {
        if (door.isValid() && door.interestOps() == 0 && !state.isFull()) {
            door.interestOps(SelectionKey.OP_ACCEPT);
        }
        long now = System.nanoTime();
        if (now - tickedAt >= TICK_MILLIS * 1_000_000) {
            boolean all = now - sweptAt >= SWEEP_NANOS;
            List.copyOf(all ? relays : waiting).forEach(r -> r.time(now));
            sweptAt = all ? now : sweptAt;
            tickedAt = now;
        }
    }

    void waits(Relay relay, boolean is) {
        if (is) {
            waiting.add(relay);
        } else {
            waiting.remove(relay);
        }
    }

    /** Ends the thread once no connection is left. Safe on any thread. */
    void retire() {
        asked.add(() -> retired = true);
        selector.wakeup();
    }

    /** Ends all connections, if there are any left, and the thread. Safe on any thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }
}
