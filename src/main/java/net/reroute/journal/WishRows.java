package net.reroute.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Wish;

/**
 * The wishes in force, as rows tell them one after the other. A row that forgets older ones, or tells of damage, says again
 * which wishes were in force.
 */
final class WishRows {

    static final String WISH = "wish";
    static final String PRUNED = "pruned";
    /** Says all wishes in force again, so that a start need not read a long history. */
    static final String WISHES = "wishes";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Under this name a row has its wish; one that withdraws a wish has none. */
    private static final String AFTER = "after";
    private static final String ENDED = " has ended by itself";

    private final Map<Wish.Id, Wish> wishes = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();

    Collection<Wish> wishes() {
        return List.copyOf(wishes.values());
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Obeys a row; one that says what no wish is, is left out and named. */
    void take(Entry entry) {
        try {
            switch (entry.kind()) {
                case WISH -> wish(entry, JSON.readTree(entry.detail().isEmpty() ? "{}" : entry.detail()));
                case PRUNED, WISHES, Verification.DAMAGE -> anew(JSON.readTree(entry.detail()));
                default -> {
                }
            }
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            complaints.add("row " + entry.id() + " is no wish that can be read; it is left out: " + entry.text());
        }
    }

    private void anew(JsonNode detail) {
        wishes.clear();
        detail.path("wishes").forEach(w -> put(WishJson.read(w)));
    }

    private void wish(Entry entry, JsonNode detail) throws JsonProcessingException {
        Optional<Wish> after = WishJson.in(detail, AFTER);
        if (after.isPresent()) {
            put(after.get());
        } else {
            id(entry, detail).ifPresent(wishes::remove);
        }
    }

    private void put(Wish wish) {
        wishes.put(wish.id(), wish);
    }

    /** The wish that a row withdraws; rows of earlier versions say it in their text alone where it ended by itself. */
    private static Optional<Wish.Id> id(Entry entry, JsonNode detail) {
        if (detail.has("kind")) {
            return Optional.of(new Wish.Id(Wish.Kind.valueOf(detail.path("kind").asText()),
                    detail.path("key").asText()));
        }
        return entry.text().endsWith(ENDED)
                ? Optional.of(new Wish.Id(Wish.Kind.valueOf(entry.text().split(" ")[0].toUpperCase(Locale.ROOT)),
                        entry.subject()))
                : Optional.empty();
    }

    /** Writes to the table beside the rows what a row of this kind says; the table is for people who look there. */
    static void mirror(Entry entry, Tables tables) throws SQLException {
        try {
            JsonNode detail = JSON.readTree(entry.detail());
            Optional<Wish> after = WishJson.in(detail, AFTER);
            if (after.isPresent()) {
                tables.put(after.get());
            } else {
                Optional<Wish.Id> id = id(entry, detail);
                if (id.isPresent()) {
                    tables.remove(id.get());
                }
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("a wish without its detail", e);
        }
    }

    /** What a row says that begins anew: where, and which wishes are in force there. */
    static String anew(Head upTo, Collection<Wish> wishes) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("upTo", upTo.id()).put("hash", upTo.hash());
        ArrayNode list = detail.putArray("wishes");
        wishes.forEach(w -> list.add(WishJson.of(w)));
        return detail.toString();
    }

    /** Up to where a row forgets; empty if it is none that does. */
    static Optional<Head> prunes(Entry entry) {
        return entry.kind().equals(PRUNED) ? head(entry) : Optional.empty();
    }

    /** The head that a row names. */
    static Optional<Head> head(Entry entry) {
        try {
            JsonNode detail = JSON.readTree(entry.detail());
            return detail.has("upTo")
                    ? Optional.of(new Head(detail.path("upTo").asLong(), detail.path("hash").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
