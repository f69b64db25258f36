package net.reroute.core;

import java.time.Instant;
import java.util.List;

/**
 * The servers of a service, as last verified or adopted.
 *
 * @param servers names of the servers that carry it
 * @param origin how it got there
 * @param since when it got there
 * @param why the reason for the move, or where the service was found
 */
public record Assignment(List<String> servers, Origin origin, Instant since, String why) {

    public Assignment {
        servers = List.copyOf(servers);
    }

    /**
     * MOVED: by reroute. FOUND: on a router, and kept until released. RELEASED: found, then returned to automatic by an
     * admin.
     */
    public enum Origin {
        MOVED, FOUND, RELEASED
    }

    /** The same assignment, given back to automatic moves. */
    public Assignment released(Attribution by) {
        return new Assignment(servers, Origin.RELEASED, since, why + "; released " + by);
    }
}
