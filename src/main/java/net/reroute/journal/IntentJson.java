package net.reroute.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import net.reroute.core.Actor;
import net.reroute.core.Attribution;
import net.reroute.core.Intent;
import net.reroute.core.Intents;
import net.reroute.core.Intents.IntentEnded;
import net.reroute.core.Intents.IntentExpired;
import net.reroute.core.Intents.IntentMade;

/** Reads and writes records about intents as the detail of a row. */
final class IntentJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String UNDOES = "undoes";
    private static final String EXPIRED = "expired";
    private static final String BY = "by";
    private static final String ENDED = " has ended by itself";

    private IntentJson() {}

    static ObjectNode of(Intents intent) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("kind", intent.id().kind().name()).put("key", intent.id().key());
        detail.set("actor", ActorJson.of(intent.actor()));
        intent.undoes().ifPresent(row -> detail.put(UNDOES, row));
        intent.before().ifPresent(w -> detail.set(BEFORE, WishJson.of(w)));
        switch (intent) {
            case IntentMade made -> detail.set(AFTER, WishJson.of(made.intent()));
            case IntentEnded ended -> {
            }
            case IntentExpired expired -> detail.put(EXPIRED, expired.at().toString());
        }
        Attribution by = intent.by();
        detail.putObject(BY).put("why", by.why()).put("at", by.at().toString());
        return detail;
    }

    /** Reads a record; rows of the first edition lack some fields. */
    static Intents read(JournalRow row, JsonNode detail) {
        Attribution by = by(row, detail);
        Optional<Intent> before = WishJson.in(detail, BEFORE);
        Optional<Long> undoes = detail.has(UNDOES) ? Optional.of(detail.path(UNDOES).asLong()) : Optional.empty();
        Optional<Intent> after = WishJson.in(detail, AFTER);
        if (after.isPresent()) {
            return new IntentMade(by, after.get(), before, undoes);
        }
        boolean oldAndOver = !detail.has(Json.NAME) && row.text().endsWith(ENDED)
                && by.actor() instanceof Actor.Program;
        if (detail.has(EXPIRED) || oldAndOver) {
            return new IntentExpired(id(row, detail), before, by.at());
        }
        return new IntentEnded(by, id(row, detail), before, undoes);
    }

    private static Attribution by(JournalRow row, JsonNode detail) {
        JsonNode by = detail.path(BY);
        return new Attribution(ActorJson.read(detail.path("actor"), row.actor()), by.path("why").asText(),
                by.has("at") ? Instant.parse(by.path("at").asText()) : row.at());
    }

    /** In the oldest rows only the text and the subject name the intent. */
    private static Intent.Id id(JournalRow row, JsonNode detail) {
        return detail.has("kind")
                ? new Intent.Id(Intent.Kind.valueOf(detail.path("kind").asText()), detail.path("key").asText())
                : new Intent.Id(Intent.Kind.valueOf(row.text().split(" ")[0].toUpperCase(Locale.ROOT)), row.subject());
    }
}
