package net.reroute.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.Operations;

/**
 * One operation of the API.
 *
 * @param path with parameters in braces: /explanations/{name}
 * @param acts true if it changes something, unless it is a dry run
 * @param query parameters that it knows
 * @param fields of its body
 */
record Route(String method, String path, String summary, boolean acts, List<Field> query, List<Field> fields,
        Handler handler) {

    /**
     * A parameter or a field.
     *
     * @param type string, boolean, or array (of strings)
     */
    record Field(String name, String type, boolean required, String meaning) {

        static Field text(String name, String meaning) {
            return new Field(name, "string", false, meaning);
        }

        static Field needed(String name, String meaning) {
            return new Field(name, "string", true, meaning);
        }

        static Field flag(String name, String meaning) {
            return new Field(name, "boolean", false, meaning);
        }

        static Field list(String name, String meaning) {
            return new Field(name, "array", true, meaning);
        }
    }

    interface Handler {
        Reply handle(Operations operations, Call call)
                throws RequestRefusedException, BadInventoryException, java.io.IOException;
    }

    static Route get(String path, String summary, List<Field> query, Handler handler) {
        return new Route("GET", path, summary, false, query, List.of(), handler);
    }

    static Route post(String path, String summary, List<Field> fields, Handler handler) {
        return new Route("POST", path, summary, true, List.of(), fields, handler);
    }

    /** The values of the path's parameters; empty if this is not its path. */
    Optional<Map<String, String>> match(String asked) {
        String[] mine = path.split("/", -1);
        String[] its = asked.split("/", -1);
        if (mine.length != its.length) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < mine.length; i++) {
            if (mine[i].startsWith("{") && !its[i].isEmpty()) {
                values.put(mine[i].substring(1, mine[i].length() - 1), Query.decode(its[i]));
            } else if (!mine[i].equals(its[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
