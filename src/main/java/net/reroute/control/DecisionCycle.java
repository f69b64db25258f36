package net.reroute.control;

import java.util.List;
import net.reroute.core.Decision;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;

/** The controller as seen by the code that carries decisions out. */
interface DecisionCycle {

    /** Everything known now. */
    Snapshot snapshot(Cause cause);

    /** The decisions for this snapshot. */
    List<Decision> decide(Snapshot snapshot);

    /** Requests a cycle and returns at once. */
    void cycle(Cause cause, RefreshScope look);
}
