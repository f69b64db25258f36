package net.reroute.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Intent;
import net.reroute.core.RecordedState;

/**
 * The state, as far as it can be trusted. The anchor vouches for its row, and the hash of each row for the row before.
 * An intent is obeyed if its row is between the last break of the chain and the anchor, or behind the anchor while the
 * chain is intact. A break ends all intents before it. Observations still count, since routers are read before reroute
 * acts on them. Reading starts at a row with the whole state: one about forgotten rows, one about damage, or a regular
 * one. Rows are read in order and never by an index, which might be forged.
 *
 * @param state that is trusted
 * @param lost intents that may no longer be in force
 * @param findings about the rows from the start of reading to the newest
 * @param complaints about rows that cannot be read and are left out
 * @param begins number of the row where reading starts
 */
record Trust(RecordedState state, Collection<Intent> lost, List<String> findings, List<String> complaints,
        long begins) {

    /** The newest row with the whole state that the anchor may vouch for. */
    private static final String BEGINS = "SELECT id FROM entry NOT INDEXED WHERE id <= ?"
            + " AND kind IN ('pruned', 'wishes', 'state', 'damage') ORDER BY id DESC LIMIT 1";

    /** One pass through the rows. */
    private static final class Walk {

        private final Optional<Head> anchor;
        private final List<Intent> lost = new ArrayList<>();
        private final List<String> findings = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private RecordedState state = RecordedState.NOTHING;
        private Head at;
        private boolean vouched;
        private boolean over;

        Walk(Optional<Head> anchor) {
            this.anchor = anchor;
            this.vouched = anchor.filter(a -> a.id() == 0).isPresent();
        }

        void rows(Connection db, long first) throws SQLException {
            try (PreparedStatement s = db
                    .prepareStatement("SELECT * FROM entry NOT INDEXED WHERE id >= ? AND id < ? ORDER BY id")) {
                s.setLong(1, first);
                s.setLong(2, Head.MOST);
                try (ResultSet r = s.executeQuery()) {
                    while (!over && r.next()) {
                        row(db, r);
                    }
                }
            }
        }

        private void row(Connection db, ResultSet r) throws SQLException {
            JournalRow row = RowQueries.row(r);
            if (at == null && findings.isEmpty()) {
                at = before(db, row);
            }
            row(row, RowQueries.text(r, "hash"));
        }

        private void row(JournalRow row, String hash) {
            boolean follows = at != null && row.id() == at.id() + 1 && Chain.hash(at.hash(), row).equals(hash);
            if (!follows) {
                findings.add(at == null || row.id() == at.id() + 1
                        ? Findings.changed(row.id())
                        : Findings.missing(at.id() + 1, row.id() - 1));
            }
            if (!follows && vouched) {
                over = true; // forged rows behind the anchor change nothing that it vouches for
                return;
            }
            if (follows) {
                take(row);
            } else {
                lose();
                take(row);
                state = state.withoutIntents();
            }
            at = new Head(row.id(), hash);
            compare(row);
        }

        private void compare(JournalRow row) {
            if (anchor.filter(a -> a.id() == row.id()).isPresent()) {
                vouched = anchor.get().equals(at);
                over = !vouched;
            }
        }

        private void take(JournalRow row) {
            try {
                state = state.apply(RecordJson.read(row));
            } catch (IllegalArgumentException e) {
                complaints.add("row " + row.id() + " cannot be read; it is left out: " + row.text());
            }
        }

        void lose() {
            lost.addAll(state.intents().all().values());
            state = state.withoutIntents();
        }
    }

    /**
     * Reads the state from the rows.
     *
     * @param anchor empty if it is missing; then no intent is trusted
     */
    static Trust of(Connection db, Optional<Head> anchor) throws SQLException {
        Walk walk = new Walk(anchor);
        long first = begins(db, anchor.map(Head::id).orElse(Head.MOST));
        walk.rows(db, first);
        if (!walk.vouched) {
            walk.lose();
        }
        return new Trust(walk.state, List.copyOf(walk.lost), List.copyOf(walk.findings),
                List.copyOf(walk.complaints), first);
    }

    private static long begins(Connection db, long upTo) throws SQLException {
        try (PreparedStatement s = db.prepareStatement(BEGINS)) {
            s.setLong(1, upTo);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? r.getLong(1) : 1;
            }
        }
    }

    /** The head that the first row is chained to; null if unknown. */
    private static Head before(Connection db, JournalRow row) throws SQLException {
        Optional<Head> there = RowQueries.head(db, "SELECT id, hash FROM entry WHERE id = ?", row.id() - 1);
        return Stream.of(there, RowQueries.pruned(db), RowQueries.head(row), Optional.of(Chain.NOTHING))
                .flatMap(Optional::stream).filter(h -> h.id() == row.id() - 1).findFirst().orElse(null);
    }

    /** This result with the state from the tables of the first edition. */
    Trust with(RecordedState beside, List<String> more) {
        List<String> all = new ArrayList<>(complaints);
        all.addAll(more);
        return new Trust(beside, lost, findings, List.copyOf(all), begins);
    }

    /** The consequence for intents, as the end of a sentence; empty if there is none. */
    String consequence() {
        return lost.isEmpty()
                ? ""
                : "; earlier requests may have been changed, and are not obeyed until they are repeated: "
                        + String.join(", ", lost.stream().map(Intent::text).distinct().toList());
    }
}
