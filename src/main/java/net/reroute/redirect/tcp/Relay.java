package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.SwitchSpec;
import net.reroute.redirect.tcp.ProxyHeader.BadHeaderException;

/**
 * A connection of a client, from the moment it is taken to its end: what the switch reads itself, then one backend after
 * another until one takes it, then bytes in both directions. Used by one thread.
 */
final class Relay {

    /**
     * HEAD: the switch reads what the client begins with. CONNECTING: a backend has not answered yet. GREETING: it has,
     * and must say something. OPEN: bytes are passed. LAST_WORDS: no backend is left. CLOSED: over.
     */
    private enum Stage {
        HEAD, CONNECTING, GREETING, OPEN, LAST_WORDS, CLOSED
    }

    private final SwitchLoop loop;
    private final SwitchSpec spec;
    private final SocketChannel client;
    private final InetSocketAddress peer;
    private final Opening opening;
    private final List<Backend> tried = new ArrayList<>(1);
    private SelectionKey clientKey;
    private SelectionKey serverKey;
    private Backend backend;
    private Flow up;
    private Flow down;
    private LastWordsSession words;
    private Stage stage = Stage.HEAD;
    private long deadline;
    private long touched = System.nanoTime();

    /** @param peer the other end of the connection: the client, or what it comes through */
    Relay(SwitchLoop loop, SocketChannel client, InetSocketAddress peer) {
        this.loop = loop;
        this.spec = loop.state().spec();
        this.client = client;
        this.peer = peer;
        boolean proxied = spec.proxy().from().stream().anyMatch(p -> p.contains(Address.of(peer.getAddress())));
        this.opening = new Opening(peer, proxied, !spec.names().isEmpty());
    }

    void begin() throws IOException {
        if (opening.isComplete()) {
            clientKey = client.register(loop.selector(), 0, this);
            connect();
        } else {
            clientKey = client.register(loop.selector(), SelectionKey.OP_READ, this);
            become(Stage.HEAD, spec.waits().hello());
        }
    }

    private void become(Stage next, Duration within) {
        stage = next;
        deadline = System.nanoTime() + within.toNanos();
        loop.waits(this, next != Stage.OPEN && next != Stage.CLOSED);
    }

    void event(SelectionKey key) {
        touched = System.nanoTime();
        try {
            switch (stage) {
                case HEAD -> head();
                case CONNECTING -> connected();
                case GREETING, OPEN -> pass(key);
                case LAST_WORDS -> say();
                case CLOSED -> key.cancel();
            }
        } catch (IOException e) {
            broken();
        } catch (BadHeaderException e) {
            broken(); // not to be told from an attack; the counter shows it
            loop.state().refused.increment();
        }
    }

    // ---- finding a backend ---------------------------------------------------------------------------------------

    private void head() throws IOException, BadHeaderException {
        if (client.read(loop.buffer()) < 0) {
            close();
            return;
        }
        opening.add(loop.read());
        if (opening.isComplete()) {
            clientKey.interestOps(0);
            connect();
        }
    }

    private void connect() {
        Optional<Backend> next = loop.state().backends().choose(opening.source().getAddress(), opening.name(), tried);
        if (next.isEmpty()) {
            lastWords();
            return;
        }
        backend = next.get();
        backend.active.incrementAndGet();
        SocketChannel server;
        try {
            server = SocketChannel.open(TcpSwitch.family(backend.at));
        } catch (IOException e) {
            loop.starved(e); // not the backend's fault
            broken();
            return;
        }
        try {
            server.configureBlocking(false);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean there = server.connect(backend.address);
            serverKey = server.register(loop.selector(), there ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            become(Stage.CONNECTING, spec.waits().connect());
            if (there) {
                connected();
            }
        } catch (IOException e) {
            drop(server);
            failed();
        }
    }

    private void connected() throws IOException {
        SocketChannel server = (SocketChannel) serverKey.channel();
        try {
            if (!server.finishConnect()) {
                return;
            }
        } catch (IOException e) {
            drop(server);
            failed();
            return;
        }
        serverKey.interestOps(SelectionKey.OP_READ);
        clientKey.interestOps(SelectionKey.OP_READ);
        up = new Flow(clientKey, serverKey, loop.state().toBackends);
        down = new Flow(serverKey, clientKey, loop.state().toClients);
        up.with(down);
        down.with(up);
        if (spec.waits().greeting().isPresent()) {
            clientKey.interestOps(0); // what it says now could not be taken to another backend
            become(Stage.GREETING, spec.waits().greeting().get());
        } else {
            backend.works();
            become(Stage.OPEN, spec.waits().idle());
        }
        if (spec.proxy().to() > 0) {
            up.first(ProxyHeader.write(spec.proxy().to(), opening.source(),
                    (InetSocketAddress) client.getLocalAddress()));
        }
        if (opening.rest().hasRemaining()) {
            up.first(opening.rest());
        } else if (stage == Stage.OPEN) {
            pass(clientKey); // it has usually said something by now, and asking the selector costs more than reading
        }
    }

    /** Passes the backend over for a while, and tries the next. */
    private void failed() {
        backend.failed(spec.retry().toNanos());
        backend.active.decrementAndGet();
        tried.add(backend);
        backend = null;
        connect();
    }

    private static void drop(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it never was a connection
        }
    }

    // ---- passing bytes -------------------------------------------------------------------------------------------

    private void pass(SelectionKey key) throws IOException {
        if (key.isWritable()) {
            (key == clientKey ? down : up).goOn();
        }
        if (key.isReadable()) {
            int passed = (key == clientKey ? up : down).pass(loop.buffer());
            if (stage == Stage.GREETING && key == serverKey) {
                greeted(passed);
            }
        }
        if (up.isOver() && down.isOver()) {
            close();
        }
    }

    private void greeted(int passed) {
        if (passed < 0) {
            drop((SocketChannel) serverKey.channel());
            failed();
        } else if (passed > 0) {
            backend.works();
            clientKey.interestOps(clientKey.interestOps() | SelectionKey.OP_READ);
            become(Stage.OPEN, spec.waits().idle());
        }
    }

    // ---- the end -------------------------------------------------------------------------------------------------

    private void lastWords() {
        if (spec.last().isEmpty()) {
            broken();
            return;
        }
        loop.state().lastWords.increment();
        become(Stage.LAST_WORDS, spec.waits().hello());
        clientKey.interestOps(SelectionKey.OP_READ);
        words = new LastWordsSession(new Canned(spec.last().get()), client);
        try {
            words.begin(opening.rest());
            say();
        } catch (IOException e) {
            broken();
        }
    }

    private void say() throws IOException {
        if (words.goOn(loop.buffer())) {
            close();
        }
    }

    /** Called now and then. */
    void time(long now) {
        boolean late = now - deadline > 0;
        switch (stage) {
            case HEAD, LAST_WORDS -> {
                if (late) {
                    close();
                }
            }
            case CONNECTING, GREETING -> {
                if (late) {
                    drop((SocketChannel) serverKey.channel());
                    failed();
                }
            }
            case OPEN -> {
                if (now - touched > spec.waits().idle().toNanos()) {
                    close();
                }
            }
            case CLOSED -> loop.ended(this);
        }
    }

    /** An error ends both sides at once: an ordinary end would make half an answer look whole. */
    private void broken() {
        if (stage != Stage.CLOSED) {
            SwitchLoop.reset(client);
            if (serverKey != null) {
                SwitchLoop.reset((SocketChannel) serverKey.channel());
            }
            close();
        }
    }

    void close() {
        if (stage == Stage.CLOSED) {
            return;
        }
        become(Stage.CLOSED, Duration.ZERO);
        loop.bury(clientKey, client);
        if (serverKey != null) {
            loop.bury(serverKey, (SocketChannel) serverKey.channel());
        }
        if (backend != null) {
            backend.active.decrementAndGet();
        }
        loop.state().active.decrementAndGet();
        loop.state().leave(peer.getAddress());
        loop.ended(this);
    }
}
