package net.reroute.control;

import java.util.List;
import net.reroute.core.Decision;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;

/** Who decides, as those who carry decisions out see it. */
interface DecisionCycle {

    /** All that is known now. */
    Snapshot snapshot(Cause cause);

    /** What would be decided. */
    List<Decision> decide(Snapshot snapshot);

    /** Asks for a cycle and returns at once. */
    void cycle(Cause cause, RefreshScope look);
}
