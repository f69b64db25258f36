package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The backends of one connection: the one that has it, and those that failed before. Used by one thread. */
final class Candidates {

    private final SwitchState state;
    private final Opening opening;
    private final List<Backend> tried = new ArrayList<>(1);
    private Optional<Backend> now = Optional.empty();

    Candidates(SwitchState state, Opening opening) {
        this.state = state;
        this.opening = opening;
    }

    /** The next to try, which counts the connection as its own; empty if none is left. */
    private Optional<Backend> next() {
        now = state.backends().choose(opening.source().getAddress(), opening.name(), tried);
        now.ifPresent(b -> b.active.incrementAndGet());
        return now;
    }

    /**
     * A channel that is connecting to the next one that does not fail at once; empty if none is left.
     *
     * @throws IOException if this machine lacks descriptors or ports
     */
    Optional<SocketChannel> connecting() throws IOException {
        Optional<Backend> next = next();
        while (next.isPresent()) {
            SocketChannel server = SocketChannel.open(Sockets.family(next.get().at));
            try {
                Sockets.prepare(server);
                server.connect(next.get().address());
                return Optional.of(server);
            } catch (BindException e) {
                Sockets.close(server);
                throw e;
            } catch (IOException e) {
                Sockets.close(server);
                failed();
                next = next();
            }
        }
        return Optional.empty();
    }

    /** It did not take the connection. It is passed over for a while, by others too. */
    void failed() {
        now.ifPresent(b -> {
            boolean news = !b.isBad();
            b.failed(state.spec().retry().toNanos());
            tried.add(b);
            if (news) {
                state.tell(b + " cannot be connected to");
            }
        });
        leave();
    }

    void works() {
        now.ifPresent(b -> {
            if (b.works()) {
                state.tell(b + " can be connected to again");
            }
        });
    }

    /** The connection is over. */
    void leave() {
        now.ifPresent(b -> b.active.decrementAndGet());
        now = Optional.empty();
    }
}
