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
import net.reroute.core.State;
import net.reroute.core.Wish;

/**
 * What is so, as far as that is known. The anchor vouches for its row, each row for the one before it by its
 * hash; so what is obeyed is what stands between the last place where the chain is broken and the anchor, and behind the
 * anchor as far as the chain goes on. Where it is broken no wish is known to be in force; what was learnt of the world is
 * believed all the same, since routers are looked at before anything follows from it. Rows that say all that is so begin
 * anew: those that forget, those that tell of damage, and one now and then. Rows are read in their order and never by an index, which would be one more thing to believe.
 *
 * @param state what is so
 * @param lost what was wished for, and is not known to be so still
 * @param findings what is wrong between the row it began with and the newest
 * @param complaints rows that cannot be read and are left out
 * @param begins the row that it began with
 */
record Trust(State state, Collection<Wish> lost, List<String> findings, List<String> complaints, long begins) {

    /** The newest row that says all that is so, of those the anchor may vouch for. */
    private static final String BEGINS = "SELECT id FROM entry NOT INDEXED WHERE id <= ?"
            + " AND kind IN ('pruned', 'wishes', 'state', 'damage') ORDER BY id DESC LIMIT 1";

    /** What has been gathered on the way. */
    private static final class Walk {

        private final Optional<Head> anchor;
        private final List<Wish> lost = new ArrayList<>();
        private final List<String> findings = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private State state = State.NOTHING;
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
            JournalRow entry = RowQueries.entry(r);
            if (at == null && findings.isEmpty()) {
                at = before(db, entry);
            }
            row(entry, RowQueries.text(r, "hash"));
        }

        private void row(JournalRow entry, String hash) {
            boolean follows = at != null && entry.id() == at.id() + 1 && Chain.hash(at.hash(), entry).equals(hash);
            if (!follows) {
                findings.add(at == null || entry.id() == at.id() + 1
                        ? Findings.changed(entry.id())
                        : Findings.missing(at.id() + 1, entry.id() - 1));
            }
            if (!follows && vouched) {
                over = true; // rows that were added by another hand do not touch what the anchor vouches for
                return;
            }
            if (follows) {
                take(entry);
            } else {
                lose();
                take(entry);
                state = state.withoutWishes();
            }
            at = new Head(entry.id(), hash);
            compare(entry);
        }

        private void compare(JournalRow entry) {
            if (anchor.filter(a -> a.id() == entry.id()).isPresent()) {
                vouched = anchor.get().equals(at);
                over = !vouched;
            }
        }

        private void take(JournalRow entry) {
            try {
                state = state.apply(RecordJson.read(entry));
            } catch (IllegalArgumentException e) {
                complaints.add("row " + entry.id() + " cannot be read; it is left out: " + entry.text());
            }
        }

        void lose() {
            lost.addAll(state.wishes().all().values());
            state = state.withoutWishes();
        }
    }

    /** @param anchor empty if nobody knows where the chain ended: then nothing is known to be in force */
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

    /** What the first row that is looked at is chained to; null if nobody knows. */
    private static Head before(Connection db, JournalRow entry) throws SQLException {
        Optional<Head> there = RowQueries.head(db, "SELECT id, hash FROM entry WHERE id = ?", entry.id() - 1);
        return Stream.of(there, RowQueries.pruned(db), RowQueries.head(entry), Optional.of(Chain.NOTHING))
                .flatMap(Optional::stream).filter(h -> h.id() == entry.id() - 1).findFirst().orElse(null);
    }

    /** The same where the first edition keeps beside its rows all but wishes. */
    Trust with(State beside, List<String> more) {
        List<String> all = new ArrayList<>(complaints);
        all.addAll(more);
        return new Trust(beside, lost, findings, List.copyOf(all), begins);
    }

    /** What followed from something, for the end of a sentence. */
    String consequence() {
        return lost.isEmpty()
                ? ""
                : "; what was wished for before may have been changed, and is not obeyed until somebody wishes it again: "
                        + String.join(", ", lost.stream().map(Wish::text).distinct().toList());
    }
}
