package net.reroute.redirect.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/** The two directions between a client and its backend. */
final class Conduit {

    private final SelectionKey client;
    private final Flow up;
    private final Flow down;

    Conduit(SelectionKey client, SelectionKey server, SwitchState counters) {
        this.client = client;
        this.up = new Flow(client, server, counters.toBackends);
        this.down = new Flow(server, client, counters.toClients);
        up.with(down);
        down.with(up);
    }

    /** Bytes for the backend before anything that the client says from now on. */
    void first(ByteBuffer bytes) throws IOException {
        up.first(bytes);
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

    /** True if both directions have ended. */
    boolean isOver() {
        return up.isOver() && down.isOver();
    }
}
