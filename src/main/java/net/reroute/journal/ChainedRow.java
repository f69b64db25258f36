package net.reroute.journal;

import net.reroute.core.Record;

/**
 * A row with its place in the chain, as one member of a cluster passes it on to another.
 *
 * @param hash covers the row and the hash of the row before, 64 hex digits
 */
public record ChainedRow(JournalRow row, String hash) {

    /** The row that follows from another. */
    public static ChainedRow after(Head head, PendingRow pending) {
        JournalRow row = pending.row(head.id() + 1);
        return new ChainedRow(row, Chain.hash(head.hash(), row));
    }

    /** The chain up to this row. */
    public Head head() {
        return new Head(row.id(), hash);
    }

    /** False if only a later version knows what it records. */
    public boolean isKnown() {
        return RecordJson.isKnown(row);
    }

    /**
     * Its record; one without effect if this version does not know it.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public Record record() {
        return RecordJson.read(row);
    }
}
