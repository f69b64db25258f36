package net.reroute.cluster.lease;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.reroute.journal.Head;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalException;
import net.reroute.journal.PendingRow;
import net.reroute.journal.RecordStore;

/**
 * The journal of a leader by lease. Rows are written here and shipped to the other member. A request is acknowledged when
 * both have it, or when the lease says that the other is behind.
 */
final class LeaseStore implements RecordStore {

    private static final Duration FOR_THE_OTHER = Duration.ofMillis(1500);

    private final Journal journal;
    private final Supplier<List<RowShipping>> shippings;
    private final LeaseElection election;

    LeaseStore(Journal journal, LeaseElection election, Supplier<List<RowShipping>> shippings) {
        this.journal = journal;
        this.election = election;
        this.shippings = shippings;
    }

    @Override
    public void write(PendingRow pending, Duration within) throws JournalException {
        journal.write(pending, within);
        long id = newest();
        List<RowShipping> to = shippings.get(); // none any more while the lead is handed over
        boolean both = !to.isEmpty() && to.stream().allMatch(s -> s.await(id, FOR_THE_OTHER));
        if (!both && !election.sync(false, FOR_THE_OTHER)) {
            throw new JournalException("the other controller does not confirm it, and the lease cannot say so; it may"
                    + " be carried out all the same, 'reroute status' shows it", null);
        }
    }

    /** The number of the newest row here. */
    long newest() {
        return journal.head().map(Head::id).orElse(0L);
    }

    /** Writes into the lease whether the other has everything. Returns soon. */
    void mark() {
        long id = newest();
        List<RowShipping> to = shippings.get();
        if (!to.isEmpty() && to.stream().allMatch(s -> s.acknowledged() >= id)) {
            election.sync(true, Duration.ZERO);
        }
    }

    @Override
    public CompletableFuture<Void> later(List<PendingRow> rows) {
        return journal.later(rows);
    }

    @Override
    public CompletableFuture<Void> soon(List<PendingRow> rows) {
        return journal.soon(rows);
    }

    @Override
    public CompletableFuture<Void> inTime(List<PendingRow> rows) {
        return journal.inTime(rows);
    }
}
