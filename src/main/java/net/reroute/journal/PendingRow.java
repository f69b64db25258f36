package net.reroute.journal;

import java.time.Instant;
import net.reroute.core.Record;
import net.reroute.core.Text;

/**
 * A row that is not in the chain yet.
 *
 * @param at wall-clock time
 */
public record PendingRow(Instant at, Record record) {

    /** Limit for the text, in characters. Far more than any sentence has. */
    private static final int LONGEST = 16_000;

    /** A row with the current time. */
    public static PendingRow now(Record record) {
        return new PendingRow(Instant.now(), record);
    }

    /** The row with its number in the chain. */
    public JournalRow row(long id) {
        return new JournalRow(id, at, record.kind(), Text.one(record.actor().toString()), Text.one(record.subject()),
                Text.one(record.text(), LONGEST), RecordJson.write(record));
    }
}
