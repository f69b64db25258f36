package net.reroute.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.reroute.core.RecordedState;

/** A journal whose rows another member of a cluster makes: the same rows, and the same chain. Thread-safe. */
public final class Replica {

    private final Store store;
    private final Writer writer;

    Replica(Store store, Writer writer) {
        this.store = store;
        this.writer = writer;
    }

    /** @param other true: another member makes the rows, and none is added here */
    public void follow(boolean other) {
        store.follow(other);
    }

    /**
     * Appends rows that another member made; all or none. The future fails with a {@link ForkException} if they do not
     * follow from the newest row here.
     *
     * @param onDisk true: it completes when they are on the disk; false: when they survive a crash of this process
     */
    public CompletableFuture<Void> replicate(List<ChainedRow> rows, boolean onDisk) {
        CompletableFuture<Void> written = writer.submit(() -> {
            for (ChainedRow row : rows) {
                store.rows().replicate(row);
            }
        }, onDisk);
        return rows.stream().noneMatch(r -> r.row().kind().equals(JournalFormat.PRUNED))
                ? written
                : written.thenRun(() -> writer.submit(() -> store.rows().forget(), true));
    }

    /** Puts a database of another member in the place of this one, which is kept beside it. */
    public CompletableFuture<Void> replaceBy(Path other) {
        store.replaceBy(other);
        return writer.submit(() -> {
        }, true);
    }

    /** Has all rows written to the disk. */
    public CompletableFuture<Void> flush() {
        return writer.submit(() -> store.rows().mark(), true);
    }

    /** The state after the newest row. */
    public CompletableFuture<RecordedState> newestState() {
        CompletableFuture<RecordedState> state = new CompletableFuture<>();
        writer.submit(() -> state.complete(store.rows().state()), false).exceptionally(e -> {
            state.completeExceptionally(e);
            return null;
        });
        return state;
    }
}
