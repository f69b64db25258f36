package net.reroute.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.reroute.core.RouterSpec;
import net.reroute.router.Router;
import net.reroute.router.RouterException;

/** A router of some kind, as a story sees it: what stands in its table, what was typed there, and faults on demand. */
abstract class Device implements AutoCloseable {

    /** What was typed, one entry for each change. */
    final List<String> typed = Collections.synchronizedList(new ArrayList<>());
    volatile boolean reachable = true;
    volatile boolean refuses;
    volatile boolean ignores;
    /** The session breaks after so many changes, once. */
    volatile int dropsAfter = Integer.MAX_VALUE;

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

    Router open() throws RouterException {
        if (!reachable) {
            throw RouterExceptions.unreachable("nobody answers");
        }
        return new FaultyRouter(this, connect());
    }

    @Override
    public void close() {
        // most hold nothing
    }
}
