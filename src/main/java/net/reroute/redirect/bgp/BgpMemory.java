package net.reroute.redirect.bgp;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** What is remembered of sites beyond a session: who announced, and an admin's route-maps. Thread-safe. */
public final class BgpMemory {

    private final Set<String> announced;
    private final Map<String, String> maps;
    private final BiConsumer<String, String> keep;

    /**
     * @param announced the sites that announced when they were last seen
     * @param maps the route-map of the line of each site, as last seen
     * @param keep receives a site and the route-map that was seen there
     */
    public BgpMemory(Set<String> announced, Map<String, String> maps, BiConsumer<String, String> keep) {
        this.announced = Set.copyOf(announced);
        this.maps = new ConcurrentHashMap<>(maps);
        this.keep = keep;
    }

    Set<String> announced() {
        return announced;
    }

    String map(String site) {
        return maps.getOrDefault(site, "");
    }

    void keepMap(String site, String map) {
        String before = maps.put(site, map);
        if (!map.equals(before == null ? "" : before)) {
            keep.accept(site, map);
        }
    }
}
