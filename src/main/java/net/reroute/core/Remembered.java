package net.reroute.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What survives a restart.
 *
 * @param wishes of admins
 * @param placements by service
 * @param seen next hops last verified or adopted, by router and service
 * @param ours next hops that reroute ever set, or an earlier inventory had, by service
 * @param begun moves whose end was never written, by service
 * @param health the last settled state of a server by a check
 * @param kept lines that reroute took out of a router's configuration, by next hop
 * @param takeovers who has taken over a server's next hop, by that server
 * @param hardware the hardware addresses of servers' interfaces, learnt while they were healthy
 */
public record Remembered(Wishes wishes, Map<String, Placement> placements, Map<At, List<Address>> seen,
        Map<String, Set<Address>> ours, Map<String, Begun> begun, Map<Target, Settled> health,
        Map<At, Map<Address, String>> kept, Map<String, String> takeovers,
        Map<Leg, HardwareAddress> hardware) {

    /** An interface of a server. */
    public record Leg(String server, String on) {}

    /** A service on a router. */
    public record At(String router, String service) {}

    /** A move that was about to be typed. */
    public record Begun(List<String> to, String reason) {}

    /** A health without its evidence. */
    public record Settled(Health.State state, Instant since) {}

    public static Remembered nothing() {
        return new Remembered(Wishes.NONE, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(),
                Map.of(), Map.of());
    }
}
