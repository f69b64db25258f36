package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.LeftConnections;
import net.reroute.control.RouterStatus;
import net.reroute.core.Assignment;
import net.reroute.core.Attribution;
import net.reroute.core.Decision;
import net.reroute.core.Intent;
import net.reroute.core.Service;
import net.reroute.core.Verdict;
import net.reroute.journal.JournalRow;
import net.reroute.notify.Outbox;
import net.reroute.redirect.arp.GuardedAddress;
import net.reroute.redirect.tcp.SwitchReport;

/**
 * Where everything is, and why.
 *
 * @param now the time of this report
 * @param routers in the order of the inventory
 * @param connections at servers that carry nothing new
 * @param addresses that are guarded on the LAN
 * @param switches that run, by name
 * @param events what happened last, and what comes next
 */
public record StatusReport(Instant now, ControllerMode mode, Troubles troubles, List<Intent> windows,
        List<OfService> services, List<OfServer> servers, List<OfRouter> routers, LeftConnections connections,
        List<GuardedAddress.AddressReport> addresses, Map<String, SwitchReport> switches, Events events) {

    /**
     * What the controller may do.
     *
     * @param daemon false if no daemon runs: then this is only what a short look found
     * @param configured true if the inventory says act
     * @param acts true if it types what it decides
     * @param lead who made it act although its inventory says observe
     * @param paused who paused it
     * @param cluster the controllers that stand in for each other; empty if this one is alone
     */
    public record ControllerMode(boolean daemon, boolean configured, boolean acts, Optional<Attribution> lead,
            Optional<Attribution> paused, Optional<ClusterStatus> cluster) {}

    /**
     * Problems of the program itself.
     *
     * @param journal why the journal cannot be written
     * @param findings damage found in the journal
     * @param log why the log cannot be written
     * @param page why the page is not served
     */
    public record Troubles(Optional<String> journal, List<String> findings, Optional<String> log,
            Optional<String> page, Optional<RefusedReload> reload, List<Outbox.ChannelReport> channels) {}

    /**
     * A service.
     *
     * @param standing its state at present, and what comes next
     * @param up true if every router that was read sends it to servers that are UP
     * @param drift how routers differ from the decision and why they are left so, by router
     */
    public record OfService(Decision decision, Standing standing, Whereabouts where, Optional<Assignment> assignment,
            boolean up, List<Candidate> servers, Map<String, String> drift, Wishes wishes) {

        public Service service() {
            return decision.service();
        }

        /** Servers where it was last verified or adopted. */
        public List<String> remembered() {
            return decision.from();
        }
    }

    /**
     * What admins want of a service.
     *
     * @param pin in force
     * @param soakEnds when it returns by itself
     */
    public record Wishes(Optional<Intent> pin, Optional<Instant> soakEnds) {}

    /** A server that can carry a service. */
    public record Candidate(String server, Verdict verdict, List<CheckReport> checks) {}

    /**
     * A server.
     *
     * @param worst the worst verdict of any service for it
     * @param seen when its newest result came; empty if there is none
     * @param maintenance in force
     * @param carries names of services that are there now
     * @param warnings problems that do not make it DOWN yet
     * @param remarks what else an admin should know
     */
    public record OfServer(String name, Verdict worst, Optional<Instant> seen, Optional<Intent> maintenance,
            List<String> carries, List<String> warnings, List<String> remarks) {}

    /**
     * A router.
     *
     * @param read when its table was last read; empty if never
     */
    public record OfRouter(String name, RouterStatus status, Optional<Instant> read) {

        /** True if it takes no commands. */
        public boolean isTrouble() {
            return status.isUnusable();
        }
    }

    /**
     * What happened and what comes.
     *
     * @param last the newest rows of the journal, newest first
     * @param lastMove when a service was last moved; empty if none of the rows tells
     */
    public record Events(List<JournalRow> last, Optional<Instant> lastMove, List<Upcoming> coming) {

        public static final Events NONE = new Events(List.of(), Optional.empty(), List.of());
    }

    /** Something that is due. */
    public record Upcoming(Instant at, String what) {}

    /** True if every service is where it should be, at servers that are UP. */
    public boolean allUp() {
        return services.stream().allMatch(s -> s.up() && s.drift().isEmpty());
    }
}
