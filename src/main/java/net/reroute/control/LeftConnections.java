package net.reroute.control;

import java.util.Map;
import java.util.TreeMap;
import net.reroute.core.Snapshot.Pair;

/**
 * Connections at servers that carry nothing new.
 *
 * @param live how many, by service and server; those without any are missing
 * @param current true if all routers have counted since services last moved
 * @param troubles why routers keep no connections, by router
 * @param uncounted why routers do not tell how many there are, by router
 */
public record LeftConnections(Map<Pair, Integer> live, boolean current, Map<String, String> troubles,
        Map<String, String> uncounted) {

    /** Those of one server, by service. */
    public Map<String, Integer> at(String server) {
        Map<String, Integer> its = new TreeMap<>();
        live.forEach((pair, number) -> {
            if (pair.server().equals(server)) {
                its.put(pair.service(), number);
            }
        });
        return its;
    }

    /** Those of one service, by server. */
    public Map<String, Integer> of(String service) {
        Map<String, Integer> its = new TreeMap<>();
        live.forEach((pair, number) -> {
            if (pair.service().equals(service)) {
                its.put(pair.server(), number);
            }
        });
        return its;
    }
}
