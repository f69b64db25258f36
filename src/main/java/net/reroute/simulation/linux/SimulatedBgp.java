package net.reroute.simulation.linux;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Prefix;

/**
 * Sites that announce prefixes to one provider, in memory. Each site has an AS number of its own and one neighbour, the
 * provider, which hears of a change at once. Speaks no BGP. Thread-safe once all sites are there.
 */
public final class SimulatedBgp {

    /** The AS number of the provider; those of the sites follow. */
    static final int PROVIDER = 65_000;

    private final Map<String, BgpSpeaker> sites = new LinkedHashMap<>();

    /** Adds a site that announces nothing. */
    public void site(String name) {
        sites.put(name, new BgpSpeaker(name, sites.size() + 1));
    }

    /** Makes a route-map at a site that lets everything out as it is. */
    public void map(String site, String map) {
        sites.get(site).map(map);
    }

    /**
     * Announces a prefix at a site, as an admin has configured it.
     *
     * @param map route-map of its line, which has to be there; empty: none
     */
    public void announce(String site, Prefix prefix, String map) {
        sites.get(site).announce(prefix, map);
    }

    /** The speaker of a site; for any other name a machine of the provider, which announces nothing itself. */
    BgpSpeaker speaker(String name) {
        return sites.getOrDefault(name, new BgpSpeaker(name, 0));
    }

    /** What the provider hears of a prefix, best first. */
    List<BgpPath> paths(Prefix prefix) {
        return sites.values().stream().flatMap(s -> s.path(prefix).stream()).sorted(BgpPath.BEST).toList();
    }

    /** The sites that announce a prefix, the one that the provider prefers first. */
    public List<String> announcing(Prefix prefix) {
        return paths(prefix).stream().map(BgpPath::site).toList();
    }

    /** The path that the provider passes on to a site; empty if it is that site's own. */
    Optional<BgpPath> heardBy(BgpSpeaker site, Prefix prefix) {
        return paths(prefix).stream().findFirst().filter(p -> !p.site().equals(site.name()));
    }
}
