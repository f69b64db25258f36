package net.reroute.simulation.linux;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One thing {@code ip} prints, as text and as JSON at the same time, so that the two cannot differ. */
final class IpFields {

    private final StringBuilder text = new StringBuilder();
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    /** @param format how the value stands in the text, with one %s; without one only what it says */
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

    /** Only in the text. */
    IpFields text(String more) {
        text.append(more);
        return this;
    }

    /** Only in the JSON. */
    IpFields list(String name, List<String> values) {
        ArrayNode list = json.putArray(name);
        values.forEach(list::add);
        return this;
    }

    /** A part with fields of its own: an element of a list in JSON. */
    IpFields part(String list, IpFields part) {
        json.withArray("/" + list).add(part.json);
        text.append(part.text);
        return this;
    }

    /** A part that is a field of its own. */
    IpFields inner(String name, IpFields part) {
        json.set(name, part.json);
        text.append(part.text);
        return this;
    }

    String text() {
        return text.toString();
    }

    /** What a whole answer prints. */
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
