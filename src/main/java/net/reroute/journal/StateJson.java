package net.reroute.journal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.ActiveIntents;
import net.reroute.core.Address;
import net.reroute.core.Assignment;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.Leg;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Facts.Shown;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Intent;
import net.reroute.core.RecordedState;
import net.reroute.core.RecordedState.Note;
import net.reroute.core.RecordedState.NoteId;
import net.reroute.core.Sightings.Sight;
import net.reroute.core.Target;

/**
 * Reads and writes the whole state as part of a row. A map is a list of {"of": key, "is": value}, in an order that
 * depends only on the content.
 */
final class StateJson {

    private static final String OF = "of";
    private static final String IS = "is";

    private StateJson() {}

    static ObjectNode of(RecordedState state) {
        ObjectNode node = json().createObjectNode();
        ArrayNode intents = node.putArray("wishes");
        state.intents().all().values().stream().sorted(Comparator.comparing(w -> w.id().toString()))
                .forEach(w -> intents.add(WishJson.of(w)));
        put(node, "ended", state.intents().ended());
        put(node, "placements", state.assignments());
        put(node, "seen", state.seen());
        put(node, "owned", sorted(state.owned()));
        put(node, "begun", state.begun());
        put(node, "health", state.health());
        put(node, "kept", state.kept());
        put(node, "held", state.held());
        put(node, "hardware", state.hardware());
        if (!state.sights().isEmpty()) {
            put(node, "sights", state.sights());
        }
        put(node, "notes", state.notes());
        return node.put("turn", state.turn());
    }

    /** @throws IllegalArgumentException if the node is not a state */
    static RecordedState read(JsonNode node) {
        List<Intent> intents = new ArrayList<>();
        node.path("wishes").forEach(w -> intents.add(WishJson.read(w)));
        Map<String, Instant> ended = map(node, "ended", String.class, new TypeReference<Instant>() {
        });
        return new RecordedState(new ActiveIntents(ActiveIntents.of(intents).all(), Map.copyOf(ended)),
                map(node, "placements", String.class, new TypeReference<Assignment>() {
                }),
                map(node, "seen", RouterService.class, new TypeReference<Shown>() {
                }),
                map(node, "owned", String.class, new TypeReference<Set<Address>>() {
                }),
                map(node, "begun", String.class, new TypeReference<Begun>() {
                }),
                map(node, "health", Target.class, new TypeReference<Settled>() {
                }),
                map(node, "kept", RouterService.class, new TypeReference<Map<Address, String>>() {
                }),
                map(node, "held", String.class, new TypeReference<String>() {
                }),
                map(node, "hardware", Leg.class, new TypeReference<HardwareAddress>() {
                }),
                map(node, "sights", Sight.class, new TypeReference<Settled>() {
                }),
                map(node, "notes", NoteId.class, new TypeReference<Note>() {
                }), node.path("turn").asLong());
    }

    private static ObjectMapper json() {
        return Json.MAPPER;
    }

    private static Map<String, List<Address>> sorted(Map<String, Set<Address>> sets) {
        Map<String, List<Address>> lists = new HashMap<>();
        sets.forEach((key, set) -> lists.put(key,
                set.stream().sorted(Comparator.comparing(Address::toString)).toList()));
        return lists;
    }

    private static void put(ObjectNode node, String name, Map<?, ?> map) {
        ArrayNode array = node.putArray(name);
        map.entrySet().stream().sorted(Comparator.comparing(e -> e.getKey().toString())).forEach(e -> {
            ObjectNode entry = array.addObject();
            entry.set(OF, json().valueToTree(e.getKey()));
            entry.set(IS, json().valueToTree(e.getValue()));
        });
    }

    private static <K, V> Map<K, V> map(JsonNode node, String name, Class<K> key, TypeReference<V> value) {
        Map<K, V> map = new HashMap<>();
        node.path(name).forEach(e -> map.put(json().convertValue(e.path(OF), key),
                json().convertValue(e.path(IS), value)));
        return map;
    }
}
