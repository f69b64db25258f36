package net.reroute.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The BGP speakers of a service, one for each site.
 *
 * @param speakers by name: routers of the inventory, or GoBGP
 * @param settle how long the rest of the network may take to follow a speaker, before the next step of a planned change
 * @param worse what makes an announcement worse than others
 * @param routeMap the route-map of the line that announces, for speakers with a configuration; empty: none, or the one
 *     that was there
 * @param vantage a router far from the sites whose BGP table shows whether the network has followed
 */
public record BgpSites(Map<String, RouterSpec> speakers, Duration settle, Set<Worse> worse, String routeMap,
        Optional<RouterSpec> vantage) implements Appliance {

    /**
     * COMMUNITY: graceful shutdown, 65535:0 (RFC 8326). PREPEND: the own number three times more in the path. MED: a
     * high multi-exit discriminator (RFC 4271, 5.1.4), which neighbours in one AS compare.
     */
    public enum Worse {
        COMMUNITY, PREPEND, MED
    }
}
