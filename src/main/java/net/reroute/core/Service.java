package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A prefix that clients use, and the servers able to carry it.
 *
 * @param name as in the inventory
 * @param prefix the route
 * @param address looked up on the router, and probed after a move
 * @param servers names in order of preference; the first is the home
 * @param checks names of the checks that a server must pass
 * @param routers names of the routers that carry the route
 * @param rules for moves
 * @param takeover how addresses are taken over; empty if they are not
 */
public record Service(String name, Prefix prefix, Address address, List<String> servers, List<String> checks,
        List<String> routers, Rules rules, Optional<Takeover> takeover) {

    /**
     * @param policy what a planned move requires if there are several routers
     * @param share how many servers carry the prefix at once
     * @param choose how the next server is chosen
     * @param autoFailback true: return to the home automatically
     * @param soak how long a server must be UP before traffic returns to it
     */
    public record Rules(Policy policy, int share, Choose choose, boolean autoFailback, Duration soak) {}

    /** ANY: successful routers keep the move. ALL: if one router fails, the move is put back on all. */
    public enum Policy {
        ANY, ALL
    }

    /** ORDERED: the first in the listed order. SPREAD: the backup that carries the fewest services. */
    public enum Choose {
        ORDERED, SPREAD
    }

    /** True if the service address is on an interface of one of the servers: then there is no router to change. */
    public boolean livesOnLan() {
        return takeover.filter(t -> t.use() == Takeover.Use.REDIRECT).isPresent();
    }

    /** True if a dead server's next hop may be taken over while a router does not answer. */
    public boolean fallsBack() {
        return takeover.filter(t -> t.use() == Takeover.Use.FALLBACK).isPresent();
    }

    /** The servers that should carry the service if all were UP: the pinned one, then the first in order. */
    public List<String> preferred(Optional<String> pinned) {
        return Stream.concat(pinned.stream(), servers.stream()).distinct().limit(rules.share()).toList();
    }

    public String home() {
        return servers.getFirst();
    }
}
