package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A prefix that clients use and the servers able to carry it.
 *
 * @param name as the inventory calls it
 * @param prefix the route
 * @param address looked up on the router and probed after a move
 * @param servers names in order of preference; the first is the home
 * @param checks names of the checks a server must pass
 * @param routers names of the routers that carry the route
 * @param rules how it is moved
 * @param takeover how addresses are taken over for it, where they may be
 */
public record Service(String name, Prefix prefix, Address address, List<String> servers, List<String> checks,
        List<String> routers, Rules rules, Optional<Takeover> takeover) {

    /**
     * @param policy what a planned move needs from several routers
     * @param share over how many servers the prefix is spread
     * @param choose how the next server is chosen
     * @param autoFailback return to the home by itself
     * @param soak how long a server must be UP before traffic returns to it
     */
    public record Rules(Policy policy, int share, Choose choose, boolean autoFailback, Duration soak) {}

    /** ANY: what succeeded stays. ALL: one router that fails takes the move back everywhere. */
    public enum Policy {
        ANY, ALL
    }

    /** ORDERED: in the listed order. SPREAD: the backup that carries the fewest services. */
    public enum Choose {
        ORDERED, SPREAD
    }

    /** True if the service address itself lives on the servers' interfaces: there is no router to change. */
    public boolean livesOnLan() {
        return takeover.filter(t -> t.use() == Takeover.Use.REDIRECT).isPresent();
    }

    /** True if a dead server's next hop may be taken over while a router does not answer. */
    public boolean fallsBack() {
        return takeover.filter(t -> t.use() == Takeover.Use.FALLBACK).isPresent();
    }

    public String home() {
        return servers.getFirst();
    }
}
