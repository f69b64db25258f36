package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an address is taken over on a flat LAN. Another server adds the address and announces it by gratuitous ARP (RFC
 * 5227) or unsolicited neighbour advertisements (RFC 4861).
 *
 * @param use which address, and when
 * @param interfaces where the address lives, by server
 * @param announce which machine sends the frames
 * @param refresh how often a takeover is announced again while it lasts
 * @param fence what happens to a server that must give the address up
 * @param commands run on the server that takes over
 */
public record Takeover(Use use, Map<String, String> interfaces, Announce announce, Duration refresh, Fence fence,
        Commands commands) {

    /** The name of the LAN among the routers. */
    public static final String LAN = "lan";

    /**
     * REDIRECT: the service address; there is no router to change. FALLBACK: a dead server's next hop, while the router
     * that points at it does not answer.
     */
    public enum Use {
        REDIRECT, FALLBACK
    }

    /** SERVER: the server that takes over. CONTROLLER: this machine, which needs an interface in the LAN. */
    public enum Announce {
        SERVER, CONTROLLER
    }

    /** ALIAS: the address is removed. INTERFACE: its interface is set down for a while. NONE: nothing is done. */
    public enum Means {
        ALIAS, INTERFACE, NONE
    }

    /**
     * @param means what is done
     * @param restoreAfter time until an interface is set up again
     */
    public record Fence(Means means, Duration restoreAfter) {}

    /**
     * Program and arguments; empty: no command.
     *
     * @param before run before the address is added; if it fails, the address is not added
     * @param after run once the address is up
     */
    public record Commands(List<String> before, List<String> after) {}
}
