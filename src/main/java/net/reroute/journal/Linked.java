package net.reroute.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of those that are obeyed, and whether it may be: it has to follow from the row before it, and the row after it from
 * it. Where rows are missing neither can be said, and then it holds only if a row that holds tells of the gap; nor does it
 * hold where one tells that it is in doubt.
 *
 * @param holds false also if nothing can be said
 */
record Linked(Entry entry, boolean holds) {

    /** Word for word what the index beside the rows is made for, else it is not used. */
    static final String ROWS = "WHERE kind IN ('wish', 'pruned', 'damage') ORDER BY id";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Where the chain does not go on, as a row says that tells of damage.
     *
     * @param after the last row before it, which holds whatever follows
     * @param from the first row behind it
     */
    record Gap(long after, long from) {}

    /** Rows which it says must not be obeyed. */
    record Doubt(long from, long to) {}

    /**
     * What a row that tells of damage says besides its text.
     *
     * @param base the row that it is chained to
     */
    record Damage(Head base, List<Gap> gaps, List<Doubt> doubts) {

        String detail() {
            var detail = JSON.createObjectNode().put("upTo", base.id()).put("hash", base.hash());
            gaps.forEach(g -> detail.withArray("gaps").addObject().put("after", g.after).put("from", g.from));
            doubts.forEach(d -> detail.withArray("doubts").addObject().put("from", d.from).put("to", d.to));
            return detail.toString();
        }
    }

    /** A row with its neighbours' hashes, where they are there. */
    private record Found(Entry entry, String hash, Optional<String> before, Optional<Boolean> followed) {

        boolean isGood(long newest, List<Gap> gaps) {
            boolean begins = before.map(b -> Chain.hash(b, entry).equals(hash))
                    .orElseGet(() -> gaps.stream().anyMatch(g -> g.from == entry.id()));
            return begins && (gaps.stream().anyMatch(g -> g.after == entry.id())
                    || followed.orElse(entry.id() == newest));
        }
    }

    static List<Linked> of(Connection db) throws SQLException {
        List<Found> all = found(db);
        long newest = Opening.newest(db).id();
        List<Gap> gaps = new ArrayList<>();
        List<Doubt> doubts = new ArrayList<>();
        // Of the end first: a gap before a row that tells of damage is told by that row or a later one.
        for (Found row : all.reversed()) {
            if (row.entry.kind().equals(Verification.DAMAGE) && row.isGood(newest, withOwn(gaps, row.entry))) {
                gaps.addAll(gaps(row.entry));
                doubts.addAll(doubts(row.entry));
            }
        }
        return all.stream().map(row -> new Linked(row.entry, row.isGood(newest, gaps)
                && doubts.stream().noneMatch(d -> d.from <= row.entry.id() && row.entry.id() <= d.to))).toList();
    }

    private static List<Gap> withOwn(List<Gap> gaps, Entry damage) {
        return Stream.concat(gaps.stream(), gaps(damage).stream().filter(g -> g.after != damage.id())).toList();
    }

    private static List<Found> found(Connection db) throws SQLException {
        Optional<Head> pruned = Verification.pruned(db);
        List<Found> rows = new ArrayList<>();
        try (Statement s = db.createStatement();
                ResultSet r = s.executeQuery("SELECT *, (SELECT hash FROM entry AS e"
                        + " WHERE e.id = entry.id - 1) AS before FROM entry " + ROWS);
                PreparedStatement next = db.prepareStatement("SELECT * FROM entry WHERE id = ?")) {
            while (r.next()) {
                Entry entry = Verification.entry(r);
                String hash = Verification.text(r, "hash");
                Optional<String> before = Optional.ofNullable(r.getString("before"))
                        .or(() -> Stream.of(pruned, WishRows.head(entry), Optional.of(Chain.NOTHING))
                                .flatMap(Optional::stream).filter(h -> h.id() == entry.id() - 1).map(Head::hash)
                                .findFirst());
                rows.add(new Found(entry, hash, before, followed(next, entry.id(), hash)));
            }
        }
        return rows;
    }

    /** Whether the row after one follows from it; empty if there is none. */
    private static Optional<Boolean> followed(PreparedStatement next, long id, String hash) throws SQLException {
        next.setLong(1, id + 1);
        try (ResultSet r = next.executeQuery()) {
            return r.next()
                    ? Optional.of(Chain.hash(hash, Verification.entry(r)).equals(r.getString("hash")))
                    : Optional.empty();
        }
    }

    static List<Gap> gaps(Entry damage) {
        List<Gap> gaps = new ArrayList<>();
        for (JsonNode gap : detail(damage).path("gaps")) {
            gaps.add(new Gap(gap.path("after").asLong(-1), gap.path("from").asLong(-1)));
        }
        return gaps;
    }

    static List<Doubt> doubts(Entry damage) {
        List<Doubt> doubts = new ArrayList<>();
        for (JsonNode doubt : detail(damage).path("doubts")) {
            doubts.add(new Doubt(doubt.path("from").asLong(), doubt.path("to").asLong()));
        }
        return doubts;
    }

    private static JsonNode detail(Entry entry) {
        try {
            return JSON.readTree(entry.detail());
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** The first place behind a head where the chain does not go on; empty if there is none. */
    static Optional<Gap> firstUnchained(Connection db, Head from) throws SQLException {
        Head at = from;
        try (PreparedStatement s = db.prepareStatement("SELECT * FROM entry WHERE id > ? ORDER BY id")) {
            s.setLong(1, from.id());
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    Entry entry = Verification.entry(r);
                    String hash = Chain.hash(at.hash(), entry);
                    if (entry.id() != at.id() + 1 || !hash.equals(r.getString("hash"))) {
                        return Optional.of(new Gap(at.id(), entry.id()));
                    }
                    at = new Head(entry.id(), hash);
                }
            }
        }
        return Optional.empty();
    }
}
