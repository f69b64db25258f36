package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/** The two directions between a client and its backend. */
final class Conduit {

    private final SelectionKey client;
    private final Flow up;
    private final Flow down;

    Conduit(SelectionKey client, SelectionKey server, SwitchState counters) {
        this.client = client;
        this.up = new Flow(client, server, counters.toBackends, counters.kept);
        this.down = new Flow(server, client, counters.toClients, counters.kept);
        up.with(down);
        down.with(up);
    }

    /**
     * Gives the backend what comes before anything that the client says from now on.
     *
     * @param opening what was read of the client
     * @param version of the PROXY header; 0: none
     * @param at the address that the client connected to
     */
    void begin(Opening opening, int version, InetSocketAddress at) throws IOException {
        if (version > 0) {
            up.first(ProxyHeader.write(version, opening.source(), at));
        }
        up.first(opening.rest().duplicate());
    }

    /** The first words of the backend, which were read already. */
    void greet(ByteBuffer bytes) throws IOException {
        down.greet(bytes);
    }

    /**
     * Passes what can be passed at one side.
     *
     * @return the number of bytes read there; -1 at the end
     */
    int pass(SelectionKey key, ByteBuffer buffer) throws IOException {
        if (key.isWritable()) {
            (key == client ? down : up).goOn();
        }
        return key.isReadable() ? from(key, buffer) : 0;
    }

    /** Reads at one side without asking whether there is anything. */
    int from(SelectionKey key, ByteBuffer buffer) throws IOException {
        return (key == client ? up : down).pass(buffer);
    }

    void drop() {
        up.drop();
        down.drop();
    }

    /** True if both directions have ended. */
    boolean isOver() {
        return up.isOver() && down.isOver();
    }
}
