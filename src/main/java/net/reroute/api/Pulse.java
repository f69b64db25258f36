package net.reroute.api;

import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a caller a sign of life every second, until its command has ended. */
final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Thread thread;
    private volatile boolean over;

    private Pulse(DataOutputStream to) {
        this.thread = Thread.ofPlatform().daemon().name("pulse").start(() -> beat(to));
    }

    /** Sends the first sign before it returns. */
    static Pulse start(DataOutputStream to) throws IOException {
        SocketProtocol.here(to);
        return new Pulse(to);
    }

    private void beat(DataOutputStream to) {
        try {
            LockSupport.parkNanos(EVERY.toNanos());
            while (!over) {
                SocketProtocol.here(to);
                LockSupport.parkNanos(EVERY.toNanos());
            }
        } catch (IOException e) {
            LOG.debug("a caller went away", e);
        }
    }

    /** Does not interrupt the thread: that would close the channel before the end of the answer. */
    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
    }
}
