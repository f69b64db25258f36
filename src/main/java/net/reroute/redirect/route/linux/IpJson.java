package net.reroute.redirect.route.linux;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.RouterException;

/** Reads the output of {@code ip -j}, to confirm what {@link IpText} has read. */
final class IpJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private IpJson() {}

    /**
     * Reads the routes of these prefixes. If a prefix has several metrics, only the lowest counts: the kernel forwards
     * by that route.
     */
    static Map<Prefix, Route> routes(String text, Collection<Prefix> wanted) throws RouterException {
        Set<Prefix> asked = new HashSet<>(wanted);
        Map<Prefix, JsonNode> best = new LinkedHashMap<>();
        for (JsonNode json : objects(text)) {
            Optional<Prefix> prefix = json.has("tos") ? Optional.empty() : IpRoute.prefix(json, isV6(json));
            prefix.filter(asked::contains).ifPresent(
                    p -> best.merge(p, json, (a, b) -> IpRoute.metric(b) < IpRoute.metric(a) ? b : a));
        }
        Map<Prefix, Route> routes = new LinkedHashMap<>();
        best.forEach((prefix, json) -> routes.put(prefix, IpRoute.route(prefix, json)));
        return routes;
    }

    private static boolean isV6(JsonNode json) {
        return json.path("dst").asText().indexOf(':') >= 0 || json.has("pref");
    }

    /** The objects of several JSON arrays in a row. */
    private static List<JsonNode> objects(String text) throws RouterException {
        List<JsonNode> nodes = new ArrayList<>();
        // not readValues(): it would treat the first array as the only one
        try (JsonParser parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                JsonNode next = parser.readValueAsTree();
                if (next.isArray()) {
                    next.forEach(nodes::add);
                } else {
                    nodes.add(next);
                }
            }
            return nodes;
        } catch (IOException e) {
            throw RouterException.refused("it printed something else than routes: "
                    + text.strip().lines().findFirst().orElse("nothing"));
        }
    }
}
