package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Intent;
import net.reroute.core.Server;
import net.reroute.core.Verdict;

/** The steps from the checks to the decision. */
public sealed interface Explanation {

    Instant now();

    /** The latest events. */
    HistoryReport events();

    /**
     * @param pin in force
     * @param drift how routers differ from the decision, by router
     * @param left connections at servers that carry nothing new, by server
     */
    record OfService(Instant now, Decision decision, Whereabouts where, Optional<Assignment> assignment,
            Optional<Intent> pin, Map<String, String> drift, List<Candidate> candidates, Map<String, Integer> left,
            HistoryReport events)
            implements
                Explanation {}

    /**
     * A server that can carry the service.
     *
     * @param unproven true if it is unknown whether the server has the address
     */
    record Candidate(String server, Verdict verdict, Optional<Intent> maintenance, List<CheckReport> checks,
            boolean unproven) {}

    /** @param left its connections where it carries nothing new, by service */
    record OfServer(Instant now, Server server, Optional<Intent> maintenance, List<Carried> services,
            Map<String, Integer> left, HistoryReport events)
            implements
                Explanation {}

    /** @param services what its table held for each service when last read */
    record OfRouter(Instant now, StatusReport.OfRouter router, List<Route> services, HistoryReport events)
            implements
                Explanation {}

    /**
     * A service on a router.
     *
     * @param nextHops as the router shows them
     * @param remark how it differs from what was decided; empty if it does not
     */
    record Route(String service, String prefix, List<String> nextHops, String remark) {}

    /**
     * A service that the server can carry.
     *
     * @param here true if it carries the service now
     */
    record Carried(String service, boolean here, Verdict verdict, List<CheckReport> checks) {}
}
