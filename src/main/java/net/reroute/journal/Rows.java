package net.reroute.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Actor;
import net.reroute.core.Earlier;
import net.reroute.core.Instants;
import net.reroute.core.Milestone;
import net.reroute.core.Milestone.RowsForgotten;
import net.reroute.core.Milestone.StateSaid;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;

/**
 * Appends rows to an open database, and knows the end of the chain. All methods run in the caller's transaction. Not
 * thread-safe.
 */
final class Rows {

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    /** The most rows between two with the whole state. A start reads this many in a tenth of a second. */
    private static final int OFTEN = 20_000;

    private final Connection db;
    private final JournalSchema tables;
    private Head head;
    private RecordedState state;
    /** The newest row with the whole state. */
    private long saidAt;
    private Optional<Head> toForget = Optional.empty();

    /**
     * Continues after a row.
     *
     * @param state after that row
     * @param saidAt the newest row with the whole state
     */
    Rows(Connection db, Head head, RecordedState state, long saidAt) {
        this.db = db;
        this.tables = new JournalSchema(db);
        this.head = head;
        this.state = state;
        this.saidAt = saidAt;
    }

    Head head() {
        return head;
    }

    /** The state after all rows. */
    RecordedState state() {
        return state;
    }

    void append(PendingRow pending) throws SQLException {
        JournalRow row = pending.row(head.id() + 1);
        insert(row, Chain.hash(head.hash(), row));
        state = state.apply(pending.record());
    }

    /**
     * Appends a row that another member made.
     *
     * @throws ForkException if it does not follow from the newest row here
     */
    void replicate(ChainedRow chained) throws SQLException {
        JournalRow row = chained.row();
        if (row.id() != head.id() + 1 || !Chain.hash(head.hash(), row).equals(chained.hash())) {
            throw new ForkException("row " + row.id() + " of the other member does not follow from row " + head.id());
        }
        insert(row, chained.hash());
        Record record = read(chained);
        state = state.apply(record);
        if (record instanceof Milestone milestone) {
            saidAt = row.id();
            toForget = record instanceof RowsForgotten
                    ? Head.of(milestone.upTo(), milestone.hash())
                    : toForget;
        }
    }

    /** What cannot be read changes nothing here; the row is kept as it is. */
    private static Record read(ChainedRow chained) {
        try {
            return chained.record();
        } catch (IllegalArgumentException e) {
            JournalRow row = chained.row();
            return new Earlier(row.kind(), new Actor.Program(), row.subject(), row.text(), Optional.empty());
        }
    }

    private void insert(JournalRow row, String hash) throws SQLException {
        int written = tables.run("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row.id(), row.at().toString(),
                row.kind(), row.actor(), row.subject(), row.text(), row.detail(), hash);
        if (written != 1) {
            throw new SQLException("the row was not written", "", Damage.CORRUPT);
        }
        head = new Head(row.id(), hash);
    }

    void append(List<PendingRow> all) throws SQLException {
        for (PendingRow row : all) {
            append(row);
        }
    }

    /** Appends a row for each finding. */
    void tell(List<String> findings) throws SQLException {
        for (String finding : findings) {
            append(Opening.damage(finding, head, state));
        }
    }

    /** True if another row with the whole state is due. */
    boolean isToSayAgain() {
        return head.id() - saidAt > OFTEN;
    }

    void sayAgain() throws SQLException {
        append(PendingRow
                .now(new StateSaid(head.id(), head.hash(), state, "what is so, said again so that a start is quick")));
        saidAt = head.id();
    }

    /** Marks the database with this edition, and with {@link JournalFormat#HAD_ROWS} if it has rows. */
    void mark() throws SQLException {
        try (Statement statement = db.createStatement()) {
            tables.dropThoseOfTheFirstEdition();
            statement.execute("PRAGMA user_version = " + JournalFormat.EDITION);
            if (head.id() > 0) {
                statement.execute("PRAGMA application_id = " + JournalFormat.HAD_ROWS);
            }
        }
    }

    /** A position in the chain, for {@link #backTo}. */
    record Position(Head head, RecordedState state, long saidAt) {}

    Position place() {
        return new Position(head, state, saidAt);
    }

    /** Returns to a position after a rollback. */
    void backTo(Position place) {
        head = place.head;
        state = place.state;
        saidAt = place.saidAt;
    }

    /**
     * Appends a row that declares all rows before the first younger one forgotten. {@link #forget} removes them once
     * that row and the anchor are on the disk: otherwise the anchor could name a missing row.
     */
    void prune(Instant olderThan) throws SQLException {
        toForget = lastBefore(olderThan);
        if (toForget.isPresent()) {
            Head upTo = toForget.get();
            append(PendingRow.now(new RowsForgotten(upTo.id(), upTo.hash(), state,
                    "rows up to " + upTo.id() + " are forgotten, being older than " + olderThan)));
        }
    }

    void forget() throws SQLException {
        if (toForget.isPresent()) {
            tables.run("INSERT OR REPLACE INTO pruned VALUES (1, ?, ?)", toForget.get().id(), toForget.get().hash());
            tables.run("DELETE FROM entry WHERE id <= ?", toForget.get().id());
        }
    }

    /**
     * The newest row to forget. A time in the future comes from a wrong clock, so older rows behind such a row count
     * too.
     */
    private Optional<Head> lastBefore(Instant moment) throws SQLException {
        Instant future = Instant.now().plus(CLOCKS_DIFFER);
        Optional<Head> last = Optional.empty();
        try (Statement s = db.createStatement();
                ResultSet r = s.executeQuery("SELECT id, at, hash FROM entry ORDER BY id")) {
            while (r.next()) {
                Instant at = Instants.read(String.valueOf(r.getString("at"))).orElse(Instant.EPOCH);
                if (at.isBefore(moment)) {
                    last = Head.of(r.getLong("id"), r.getString("hash"));
                } else if (at.isBefore(future)) {
                    break;
                }
            }
        }
        return last;
    }
}
