package net.reroute.redirect.tcp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.reroute.redirect.tcp.ProxyHeader.BadHeaderException;

/** What a client begins with, as far as the switch must read it before it can choose a backend. */
final class Opening {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MOST = ClientHello.MOST + (1 << 10);

    private boolean headerDue;
    private boolean nameDue;
    private InetSocketAddress source;
    private String name = "";
    private ByteBuffer bytes = NOTHING;

    /**
     * @param source address of the client, unless a header tells another
     * @param header true if a PROXY header comes first
     * @param wantsName true if the server name of a TLS handshake is wanted
     */
    Opening(InetSocketAddress source, boolean header, boolean wantsName) {
        this.source = source;
        this.headerDue = header;
        this.nameDue = wantsName;
    }

    /** Adds what was read. */
    void add(ByteBuffer more) throws BadHeaderException {
        bytes = ByteBuffer.allocate(bytes.remaining() + more.remaining()).put(bytes).put(more).flip();
        if (headerDue) {
            header();
        }
        if (!headerDue && nameDue) {
            Optional<String> found = ClientHello.name(bytes);
            nameDue = found.isEmpty() && bytes.remaining() < MOST;
            name = found.orElse("");
        }
    }

    private void header() throws BadHeaderException {
        ProxyHeader header = ProxyHeader.read(bytes);
        if (header.length() > 0) {
            headerDue = false;
            bytes.position(header.length());
            source = header.source() == null ? source : header.source();
        } else if (bytes.remaining() > MOST) {
            throw new BadHeaderException("a PROXY header without an end");
        }
    }

    boolean isComplete() {
        return !headerDue && !nameDue;
    }

    InetSocketAddress source() {
        return source;
    }

    /** The server name; empty if there is none. */
    String name() {
        return name;
    }

    /** What was read and belongs to the backend. */
    ByteBuffer rest() {
        return bytes;
    }
}
