package net.reroute.simulation.linux;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One entry that {@code ip} prints. It is built as text and as JSON together, so that the two cannot differ. */
final class IpFields {

    private final StringBuilder text = new StringBuilder();
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    /**
     * Adds a field.
     *
     * @param format of the value in the text, with one %s; without %s it is printed as it is
     */
    IpFields add(String name, String value, String format) {
        json.put(name, value);
        text.append(format.formatted(value));
        return this;
    }

    IpFields add(String name, long value, String format) {
        json.put(name, value);
        text.append(format.formatted(value));
        return this;
    }

    /** Adds a word that is there or not. */
    IpFields flag(String word) {
        json.put(word, true);
        return text(word + " ");
    }

    /** Adds text that is not in the JSON. */
    IpFields text(String more) {
        text.append(more);
        return this;
    }

    /** Adds a list that is not in the text. */
    IpFields list(String name, List<String> values) {
        ArrayNode list = json.putArray(name);
        values.forEach(list::add);
        return this;
    }

    /** Adds a part with its own fields, as an element of a list in the JSON. */
    IpFields part(String list, IpFields part) {
        json.withArray("/" + list).add(part.json);
        text.append(part.text);
        return this;
    }

    /** Adds a part with its own fields, as a field in the JSON. */
    IpFields inner(String name, IpFields part) {
        json.set(name, part.json);
        text.append(part.text);
        return this;
    }

    String text() {
        return text.toString();
    }

    /** The output for all entries. */
    static String print(List<IpFields> all, IpOptions options) {
        if (options.json()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            all.forEach(f -> array.add(f.json));
            return array + "\n";
        }
        StringBuilder lines = new StringBuilder();
        all.forEach(f -> lines.append(options.oneLine() ? f.text().replace('\n', '\\') : f.text()).append('\n'));
        return lines.toString();
    }
}
