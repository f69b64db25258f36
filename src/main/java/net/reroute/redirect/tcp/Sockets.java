package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import net.reroute.core.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and ends sockets. */
final class Sockets {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    private Sockets() {}

    /** A socket of the one family costs fewer system calls than one for both. */
    static StandardProtocolFamily family(Endpoint at) {
        return at.address().v6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.trace("a connection has ended already", e);
        }
    }

    /** Ends a connection at once, so that the other side takes nothing for whole. */
    static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.trace("a connection has ended already", e);
        }
        close(channel);
    }
}
