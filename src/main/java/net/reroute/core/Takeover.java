package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an address is taken over on a flat LAN: it comes up on another server, which says so by gratuitous ARP (RFC 5227) or
 * by unsolicited neighbour advertisements (RFC 4861).
 *
 * @param use which address, and when
 * @param interfaces by server, where the address lives
 * @param announce who sends the frames
 * @param refresh how often the announcement is repeated for as long as the takeover lasts
 * @param fence what is done to a server that should not hold the address any more
 * @param commands run on the server that takes over
 */
public record Takeover(Use use, Map<String, String> interfaces, Announce announce, Duration refresh, Fence fence,
        Commands commands) {

    /** The name under which the LAN stands among the routers. */
    public static final String LAN = "lan";

    /**
     * REDIRECT: the service address itself, for there is no router to change. FALLBACK: a dead server's next hop, while the
     * router that points at it does not answer.
     */
    public enum Use {
        REDIRECT, FALLBACK
    }

    /** SERVER: the one that takes over. CONTROLLER: this machine, which has a leg in the LAN. */
    public enum Announce {
        SERVER, CONTROLLER
    }

    /** ALIAS: the address is taken off it. INTERFACE: its interface is set down for a while. NONE: it is left. */
    public enum Means {
        ALIAS, INTERFACE, NONE
    }

    /**
     * @param means what is done
     * @param restoreAfter when an interface comes up again by itself
     */
    public record Fence(Means means, Duration restoreAfter) {}

    /**
     * Words of a command each, or nothing.
     *
     * @param before run before the address comes up; if it fails, the address does not
     * @param after run when the address is up
     */
    public record Commands(List<String> before, List<String> after) {}
}
