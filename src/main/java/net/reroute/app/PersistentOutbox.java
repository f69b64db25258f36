package net.reroute.app;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.control.AuditLog;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.ProgramRemarks.NotTold;
import net.reroute.journal.JournalException;
import net.reroute.notify.Outbox;
import net.reroute.notify.OutboxStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the outbox in the journal's database. The record of a move never waits for it. */
final class PersistentOutbox implements OutboxStore {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final AuditLog audit;
    private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    private PersistentOutbox(AuditLog audit) {
        this.audit = audit;
    }

    /** Opens the outbox as the last process left it. */
    static Outbox open(AuditLog audit) throws JournalException {
        return new Outbox(new PersistentOutbox(audit), ControllerRuntime.CLOCK, audit.state().notes(Shelf.OUTBOX),
                audit.state().notes(Shelf.PROBLEM));
    }

    @Override
    public void put(String id, String json) {
        last = CompletableFuture.allOf(last, audit.recordInTime(new NoteKept(Shelf.OUTBOX, id, json)));
    }

    @Override
    public void remove(Collection<String> ids) {
        audit.recordInTime(new NotesDropped(Shelf.OUTBOX, List.copyOf(ids)));
    }

    @Override
    public void open(String problem, String since) {
        audit.recordInTime(new NoteKept(Shelf.PROBLEM, problem, since));
    }

    @Override
    public void close(String problem) {
        audit.recordInTime(new NotesDropped(Shelf.PROBLEM, List.of(problem)));
    }

    @Override
    public void awaitKept(Duration atMost) {
        try {
            last.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("the outbox is not kept at present", e); // the journal reports this itself
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void lost(String channel, String text) {
        LOG.error("not told by {}: {}", channel, text);
        audit.record(new NotTold(channel, text));
    }
}
