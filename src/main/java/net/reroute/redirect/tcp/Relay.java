package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.SwitchSpec;

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
    private final Opening opening;
    private final Candidates candidates;
    private SelectionKey clientKey;
    private SelectionKey serverKey;
    private Conduit conduit;
    private LastWordsSession words;
    private Optional<InetAddress> counted = Optional.empty();
    private Stage stage = Stage.HEAD;
    private long deadline;
    private long touched = System.nanoTime();

    /** @param peer the other end of the connection: the client, or what it comes through */
    Relay(SwitchLoop loop, SocketChannel client, InetSocketAddress peer) {
        this.loop = loop;
        this.spec = loop.state().spec();
        this.client = client;
        boolean proxied = spec.proxy().from().stream().anyMatch(p -> p.contains(Address.of(peer.getAddress())));
        this.opening = new Opening(peer, proxied, !spec.names().isEmpty());
        this.candidates = new Candidates(loop.state(), opening);
    }

    void begin() throws IOException {
        if (opening.isComplete()) {
            clientKey = client.register(loop.selector(), 0, this);
            admit();
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
                case GREETING -> greeting();
                case OPEN -> pass(key);
                case LAST_WORDS -> say();
                case CLOSED -> key.cancel();
            }
        } catch (IOException e) {
            if (stage == Stage.HEAD) {
                loop.state().refused.increment(); // a bad header, for instance
            }
            broken();
        }
    }

    // ---- finding a backend ---------------------------------------------------------------------------------------

    private void head() throws IOException {
        if (client.read(loop.buffer()) < 0) {
            close();
            return;
        }
        opening.add(loop.read());
        if (opening.isComplete()) {
            clientKey.interestOps(0);
            admit();
        }
    }

    private void admit() {
        if (loop.state().enter(opening.source().getAddress())) {
            counted = Optional.of(opening.source().getAddress());
            connect();
        } else {
            loop.state().refused.increment();
            broken();
        }
    }

    private void connect() {
        try {
            Optional<SocketChannel> server = candidates.connecting();
            if (server.isEmpty()) {
                lastWords();
                return;
            }
            serverKey = server.get().register(loop.selector(), SelectionKey.OP_CONNECT, this);
            become(Stage.CONNECTING, spec.waits().connect());
        } catch (IOException e) {
            loop.starved(e); // not the backend's fault
            broken();
        }
    }

    private void connected() throws IOException {
        try {
            server().finishConnect();
            serverKey.interestOps(SelectionKey.OP_READ);
            conduit = new Conduit(clientKey, serverKey, loop.state());
            conduit.begin(opening, spec.proxy().to(), (InetSocketAddress) client.getLocalAddress());
        } catch (IOException e) {
            failed();
            return;
        }
        if (spec.waits().greeting().isPresent()) {
            become(Stage.GREETING, spec.waits().greeting().get()); // what the client says now stays where it is
        } else {
            open();
            conduit.from(clientKey, loop.buffer()); // reading costs less than asking whether there is anything
        }
    }

    private SocketChannel server() {
        return (SocketChannel) serverKey.channel();
    }

    /** Until the backend has said something, the client can be taken to another one. */
    private void greeting() throws IOException {
        int said;
        try {
            said = server().read(loop.buffer());
        } catch (IOException e) {
            said = -1;
        }
        if (said < 0) {
            failed();
        } else if (said > 0) {
            conduit.greet(loop.read());
            open();
        }
    }

    private void open() {
        candidates.works();
        clientKey.interestOps(clientKey.interestOps() | SelectionKey.OP_READ);
        become(Stage.OPEN, spec.waits().idle());
    }

    private void failed() {
        Sockets.close(server());
        candidates.failed();
        connect();
    }

    // ---- passing bytes -------------------------------------------------------------------------------------------

    private void pass(SelectionKey key) throws IOException {
        conduit.pass(key, loop.buffer());
        if (conduit.isOver()) {
            close();
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
        words = new LastWordsSession(new Canned(spec.last().get()), client, opening.rest().duplicate());
        try {
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

    void time(long now) {
        if (stage == Stage.OPEN && now - touched > spec.waits().idle().toNanos()) {
            close();
        } else if (stage != Stage.OPEN && now - deadline > 0) {
            late();
        }
    }

    private void late() {
        if (stage == Stage.CONNECTING || stage == Stage.GREETING) {
            failed();
        } else {
            close();
        }
    }

    /** An error ends both sides at once: an ordinary end would make half an answer look whole. */
    private void broken() {
        if (stage != Stage.CLOSED) {
            Sockets.reset(client);
            if (serverKey != null) {
                Sockets.reset(server());
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
            loop.bury(serverKey, server());
        }
        candidates.leave();
        loop.state().active.decrementAndGet();
        counted.ifPresent(loop.state()::leave);
        Optional.ofNullable(conduit).ifPresent(Conduit::drop);
        loop.ended(this);
    }
}
