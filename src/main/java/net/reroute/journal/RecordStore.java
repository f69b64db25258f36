package net.reroute.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where records are kept: in the journal of this machine, or in those of several. */
public interface RecordStore {

    /**
     * Appends a row, and waits until it is safe.
     *
     * @throws JournalException if that failed or took too long
     */
    void write(PendingRow pending, Duration within) throws JournalException;

    /** Queues rows; writes all or none. Completes once they are on the disk. */
    CompletableFuture<Void> later(List<PendingRow> rows);

    /** As {@link #later}, without waiting for the disk. */
    CompletableFuture<Void> soon(List<PendingRow> rows);

    /** As {@link #soon}, but behind all urgent writes. */
    CompletableFuture<Void> inTime(List<PendingRow> rows);
}
