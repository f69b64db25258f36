package net.reroute.redirect.tcp;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.reroute.core.Endpoint;

/** A backend, its connections, and whether it was bad lately. Thread-safe. */
final class Backend {

    final Endpoint at;
    final InetSocketAddress address;
    final AtomicInteger active = new AtomicInteger();
    final AtomicLong taken = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    private volatile long badUntil;
    private volatile boolean bad;
    private volatile boolean allowed = true;

    Backend(Endpoint at) {
        this.at = at;
        this.address = new InetSocketAddress(at.address().inet(), at.port());
    }

    /** @param is false: it gets no new connections */
    void allow(boolean is) {
        allowed = is;
    }

    boolean isAllowed() {
        return allowed;
    }

    void failed(long retryNanos) {
        failed.incrementAndGet();
        badUntil = System.nanoTime() + retryNanos;
        bad = true;
    }

    void works() {
        bad = false;
        taken.incrementAndGet();
    }

    /** True if it could not be connected to lately. */
    boolean isBad() {
        return bad && System.nanoTime() - badUntil < 0;
    }

    @Override
    public String toString() {
        return at.toString();
    }
}
