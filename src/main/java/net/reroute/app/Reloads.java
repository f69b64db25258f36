package net.reroute.app;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import net.reroute.control.RefreshScope;
import net.reroute.core.Event;
import net.reroute.core.Inventory;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Snapshot.Cause;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.RefusedReload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reloads the inventory, one reload at a time. */
final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final int EVERYBODY = 1000;

    /** Reads the files. */
    interface Reader {
        Inventory read() throws BadInventoryException;
    }

    /** Puts an inventory in force. */
    interface Taker {
        void take(Inventory next) throws IOException;
    }

    /** Tells what a running daemon cannot take; empty if it can take all of an inventory. */
    interface Objections {
        Optional<String> to(Inventory next);
    }

    private final Objections objections;
    private final ControllerRuntime runtime;
    private final Reader reader;
    private final Taker taker;
    // A semaphore, not a lock: the thread that releases may not be the one that acquired.
    private final Semaphore inventories = new Semaphore(EVERYBODY, true);
    private final AtomicInteger signals = new AtomicInteger();
    private volatile Optional<RefusedReload> refused = Optional.empty();

    Reloads(ControllerRuntime runtime, Reader reader, Taker taker, Objections objections) {
        this.objections = objections;
        this.runtime = runtime;
        this.reader = reader;
        this.taker = taker;
    }

    /** Reloads for a signal, and logs the result. Signals that arrive during a reload cause one more reload. */
    void onSignal() {
        if (signals.getAndIncrement() > 0) {
            return; // the thread that reloads sees it
        }
        int seen;
        do {
            seen = signals.get();
            try {
                reload(false, false).forEach(change -> LOG.info("reload: {}", change));
            } catch (Throwable e) { // whatever it is: a signal has no console that would show it
                String why = ReloadFailure.why(e);
                LOG.error("reload: refused, the last good inventory stays: {}", why,
                        ReloadFailure.isOurs(e) ? e : null);
                runtime.controller.audit().tell(Event.Kind.TROUBLE, Map.of("text",
                        "reload refused, the last good inventory stays: " + why));
            }
        } while (signals.addAndGet(-seen) > 0);
    }

    /** The last reload, if it was refused. */
    Optional<RefusedReload> refused() {
        return refused;
    }

    synchronized List<String> reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException {
        try {
            List<String> changes = taken(force, dryRun);
            if (!dryRun) {
                refused = Optional.empty();
            }
            return changes;
        } catch (Throwable e) {
            if (!dryRun) {
                refused = Optional.of(new RefusedReload(ControllerRuntime.CLOCK.instant(), ReloadFailure.why(e)));
            }
            throw e;
        }
    }

    private List<String> taken(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException {
        Inventory next = reader.read().sharing(runtime.inventory());
        Optional<String> objection = objections.to(next);
        if (objection.isPresent()) {
            throw new RequestRefusedException(objection.get());
        }
        List<String> changes = ReloadPreview.of(runtime, next, force);
        if (dryRun) {
            return changes;
        }
        if (next.equals(runtime.inventory())) {
            runtime.adopt(next); // files that it names may have changed
            runtime.controller.cycle(Cause.of("reload"), RefreshScope.CHEAP);
            LOG.info("reload: nothing has changed");
            return changes;
        }
        inventories.acquireUninterruptibly(EVERYBODY);
        try {
            taker.take(next);
            LOG.info("reload: {} services now", next.services().size());
            return changes;
        } finally {
            inventories.release(EVERYBODY);
        }
    }

    /** Waits for a reload in progress, then blocks reloads. Returns the action that allows them again. */
    Runnable hold() {
        inventories.acquireUninterruptibly();
        return inventories::release;
    }
}
