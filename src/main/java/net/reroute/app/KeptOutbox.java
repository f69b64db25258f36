package net.reroute.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.journal.Draft;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalException;
import net.reroute.journal.Memory.Kept;
import net.reroute.notify.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the outbox in the journal's database; the intent of a move never waits behind it. */
final class KeptOutbox implements Outbox.Store {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final Journal journal;
    private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    private KeptOutbox(Journal journal) {
        this.journal = journal;
    }

    /** The outbox as the last process left it. */
    static Outbox open(Journal journal) throws JournalException {
        return new Outbox(new KeptOutbox(journal), Engine.CLOCK, journal.kept(Kept.OUTBOX),
                journal.kept(Kept.PROBLEM));
    }

    @Override
    public void put(String id, String json) {
        last = journal.rememberInTime(m -> m.keep(Kept.OUTBOX, id, json));
    }

    @Override
    public void remove(Collection<String> ids) {
        journal.rememberInTime(m -> {
            for (String id : ids) {
                m.forget(Kept.OUTBOX, id);
            }
        });
    }

    @Override
    public void open(String problem, String since) {
        journal.rememberInTime(m -> m.keep(Kept.PROBLEM, problem, since));
    }

    @Override
    public void close(String problem) {
        journal.rememberInTime(m -> m.forget(Kept.PROBLEM, problem));
    }

    @Override
    public void awaitKept(Duration atMost) {
        try {
            last.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("the outbox is not kept at present", e); // the journal tells of its trouble itself
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void lost(String channel, String text) {
        LOG.error("not told by {}: {}", channel, text);
        journal.later(new Draft(Instant.now(), "not-told", "reroute", channel, text, ""), m -> {
        });
    }
}
