package net.reroute.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import net.reroute.core.Earlier;
import net.reroute.core.Intents;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Record;

/**
 * Reads and writes records as JSON: the fields by name, and the type under "record". Intents and moves keep the form
 * that 'history --json' has always shown.
 */
public final class RecordJson {

    private static final Map<String, Class<?>> BY_NAME = new HashMap<>();

    static {
        register(Record.class);
    }

    private RecordJson() {}

    private static void register(Class<?> type) {
        if (type.isRecord()) {
            BY_NAME.put(type.getSimpleName(), type);
        } else {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                register(permitted);
            }
        }
    }

    /** False if only a later version knows what this row records. */
    static boolean isKnown(JournalRow row) {
        try {
            String name = Json.MAPPER.readTree(row.detail().isEmpty() ? "{}" : row.detail()).path(Json.NAME).asText();
            return name.isEmpty() || BY_NAME.containsKey(name);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The detail of a record's row. */
    static String write(Record record) {
        ObjectNode detail = switch (record) {
            case Intents intent -> IntentJson.of(intent);
            case MoveEnded move -> MoveJson.of(move);
            case Earlier row -> Json.MAPPER.createObjectNode();
            default -> Json.MAPPER.valueToTree(record);
        };
        return detail.put(Json.NAME, record.getClass().getSimpleName()).toString();
    }

    /**
     * Reads the record of a row, of any edition.
     *
     * @throws IllegalArgumentException if the detail cannot be read
     */
    public static Record read(JournalRow row) {
        try {
            JsonNode detail = Json.MAPPER.readTree(row.detail().isEmpty() ? "{}" : row.detail());
            Class<?> type = BY_NAME.get(detail.path(Json.NAME).asText());
            if (type == null) {
                return FirstEdition.read(row, detail);
            }
            if (Intents.class.isAssignableFrom(type)) {
                return IntentJson.read(row, detail);
            }
            return type == MoveEnded.class
                    ? MoveJson.read(row, detail)
                    : (Record) Json.MAPPER.treeToValue(detail, type);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
