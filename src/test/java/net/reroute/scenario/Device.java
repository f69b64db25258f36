package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.route.RouteBook;
import net.reroute.redirect.route.RouteRedirector;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;

/** A router of some kind, as a story sees it: what stands in its table, what was typed there, and faults on demand. */
abstract class Device implements AutoCloseable {

    /** What was typed, one entry for each change. */
    final List<String> typed = Collections.synchronizedList(new ArrayList<>());
    volatile boolean reachable = true;
    volatile boolean refuses;
    volatile boolean ignores;
    /** The session breaks after so many changes, once. */
    volatile int dropsAfter = Integer.MAX_VALUE;

    /** How often somebody has logged in. */
    final AtomicInteger logins = new AtomicInteger();
    /** While this is not open, a change is not made yet. */
    final Gate approval = new Gate();

    /** Holds up changes on demand. */
    static final class Gate {
        private final CountDownLatch reached = new CountDownLatch(1);
        private volatile CountDownLatch open = new CountDownLatch(0);

        void close() {
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }

        boolean isReached() {
            return reached.getCount() == 0;
        }

        void pass() {
            try {
                reached.countDown();
                assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How the inventory would have it. */
    abstract RouterSpec spec(String name);

    /** Logs in. */
    abstract Router connect() throws RouterException;

    /** Somebody else sets a route. */
    abstract void route(String prefix, String... hops);

    /** Somebody else takes all routes away. */
    abstract void clear();

    /** The next hops that are used for a prefix. */
    abstract List<String> hops(String prefix);

    /** All that the router keeps about a prefix, to the letter. */
    abstract String exact(String prefix);

    Redirector open(String name, RouteBook book) throws RedirectException {
        if (!reachable) {
            throw new RedirectException(false, "nobody answers", null);
        }
        logins.incrementAndGet();
        try {
            return new RouteRedirector(name, new FaultyRouter(this, connect()), book);
        } catch (RouterException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // most hold nothing
    }
}
