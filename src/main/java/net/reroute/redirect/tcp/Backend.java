package net.reroute.redirect.tcp;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import net.reroute.core.Endpoint;

/** A backend, its connections, and whether it was bad lately. Thread-safe. */
final class Backend {

    final Endpoint at;
    private final Function<Endpoint, InetSocketAddress> way;
    final AtomicInteger active = new AtomicInteger();
    final AtomicLong taken = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    private volatile long badUntil;
    private volatile boolean bad;
    private volatile boolean allowed = true;

    /** @param way where to connect to */
    Backend(Endpoint at, Function<Endpoint, InetSocketAddress> way) {
        this.at = at;
        this.way = way;
    }

    /** Where to connect to now. */
    InetSocketAddress address() {
        return way.apply(at);
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

    /** It took a connection. Returns true if it did not before. */
    boolean works() {
        boolean news = bad;
        bad = false;
        taken.incrementAndGet();
        return news;
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
