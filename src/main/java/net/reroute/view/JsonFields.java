package net.reroute.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Keeps some fields of a JSON value, so that an answer about many services is as short as its reader needs. */
public final class JsonFields {

    private JsonFields() {}

    /**
     * Returns the same value with only these fields.
     *
     * @param fields names; a dot leads into an object or into each element of a list: "services.name"
     * @throws IllegalArgumentException if there is no such field; the message names those that exist
     */
    public static JsonNode keep(JsonNode node, List<String> fields) {
        if (node instanceof ArrayNode array) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> kept.add(keep(element, fields)));
            return kept;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String field : fields.stream().map(f -> f.strip().split("\\.", 2)[0]).distinct().toList()) {
            JsonNode value = object.get(field);
            if (value == null) {
                throw new IllegalArgumentException("there is no field '" + field + "'; there are "
                        + String.join(", ", names(object)));
            }
            List<String> inside = inside(fields, field);
            kept.set(field, inside.isEmpty() ? value : keep(value, inside));
        }
        return kept;
    }

    private static List<String> inside(List<String> fields, String field) {
        List<String> inside = new ArrayList<>();
        for (String each : fields) {
            String[] path = each.strip().split("\\.", 2);
            if (path[0].equals(field) && path.length == 1) {
                return List.of(); // all of it
            }
            if (path[0].equals(field)) {
                inside.add(path[1]);
            }
        }
        return inside;
    }

    private static TreeSet<String> names(ObjectNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
