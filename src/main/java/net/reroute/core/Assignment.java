package net.reroute.core;

import java.time.Instant;
import java.util.List;

/**
 * Where a service is, as last verified or adopted.
 *
 * @param servers names of those that carry it
 * @param origin how it came there
 * @param since when
 * @param why the reason of the move, or where it was found
 */
public record Assignment(List<String> servers, Origin origin, Instant since, String why) {

    /** MOVED by reroute; FOUND there and kept until released; RELEASED by an admin to automatic. */
    public enum Origin {
        MOVED, FOUND, RELEASED
    }

    public Assignment released(Attribution by) {
        return new Assignment(servers, Origin.RELEASED, since, why + "; released " + by);
    }
}
