package net.reroute.control;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Comparison;
import net.reroute.core.Decision;
import net.reroute.core.FlowPlan;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Snapshot;
import net.reroute.redirect.Connections.Tended;

/** What a round needs from the controller. */
interface RoundHost {

    Comparison.Memory memory(Service service);

    /** Those of these decisions that would be made again now. The router may have answered late. */
    Set<Decision> stillWanted(List<Decision> due, Snapshot then);

    /** Receives what the router showed of these services. */
    void read(Collection<Service> services, Map<String, Seen> seen);

    /** True if the server is UP now; the snapshot of the decision may be old. */
    boolean works(Service service, String server);

    /** True if the router was last seen to keep connections. */
    boolean keepsConnections();

    /** Receives what had to be done for connections. */
    void tended(FlowPlan plan, Tended done);

    /** True if what keeps connections had to be put back since this was last asked. */
    boolean hasMended();

    /**
     * The router does not keep connections as it should.
     *
     * @param took how long it took to find out
     */
    void notTended(String why, Duration took);

    /** The router keeps connections, and nothing had to be done for that. */
    void tendedBefore();

    /** False while the router has lately taken long to fail at it: routes must not wait for that again. */
    boolean mayTend();

    /** Called before anything is typed. */
    void about(List<Shift> shifts);
}
