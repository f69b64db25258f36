package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.LeftConnections;
import net.reroute.control.RouterStatus;
import net.reroute.core.Assignment;
import net.reroute.core.Attribution;
import net.reroute.core.Intent;
import net.reroute.core.Service;
import net.reroute.core.Verdict;
import net.reroute.notify.Outbox;
import net.reroute.redirect.arp.GuardedAddress;
import net.reroute.redirect.tcp.SwitchReport;

/**
 * Where everything is, and why.
 *
 * @param now the time of this report
 * @param routers by name
 * @param connections at servers that carry nothing new
 * @param addresses that are guarded on the LAN
 * @param switches that run, by name
 */
public record StatusReport(Instant now, ControllerMode mode, Troubles troubles, List<Intent> windows,
        List<OfService> services,
        List<OfServer> servers, Map<String, RouterStatus> routers, LeftConnections connections,
        List<GuardedAddress.AddressReport> addresses,
        Map<String, SwitchReport> switches) {

    /**
     * What the controller may do.
     *
     * @param daemon false if no daemon runs: then this is only what a short look found
     * @param configured true if the inventory says act
     * @param acts true if it types what it decides
     * @param lead who made it act although its inventory says observe
     * @param paused who paused it
     */
    public record ControllerMode(boolean daemon, boolean configured, boolean acts, Optional<Attribution> lead,
            Optional<Attribution> paused) {}

    /**
     * Problems of the program itself.
     *
     * @param journal why the journal cannot be written
     * @param findings damage found in the journal
     * @param log why the log cannot be written
     */
    public record Troubles(Optional<String> journal, List<String> findings, Optional<String> log,
            Optional<RefusedReload> reload, List<Outbox.ChannelReport> channels) {}

    /**
     * A service.
     *
     * @param remembered servers where it was last verified or adopted
     * @param up true if every router that was read sends it to servers that are UP
     * @param why one line; empty if it is at home and there is nothing to report
     * @param drift how routers differ from the decision and why they are left so, by router
     */
    public record OfService(Service service, Whereabouts where, List<String> remembered,
            Optional<Assignment> assignment,
            boolean up, String why, List<Candidate> servers, Map<String, String> drift) {}

    /** A server that can carry a service. */
    public record Candidate(String server, Verdict verdict, List<CheckReport> checks) {}

    /**
     * A server.
     *
     * @param worst the worst verdict of any service for it
     * @param seen when its newest result came; empty if there is none
     * @param maintenance in force
     * @param remarks failures, certificates, and what is unknown
     */
    public record OfServer(String name, Verdict worst, Optional<Instant> seen, Optional<Intent> maintenance,
            List<String> remarks) {}

    /** True if every service is where it should be, at servers that are UP. */
    public boolean allUp() {
        return services.stream().allMatch(s -> s.up() && s.drift().isEmpty());
    }
}
