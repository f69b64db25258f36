package net.reroute.control;

import java.util.List;
import net.reroute.core.Decision;
import net.reroute.core.Situation;
import net.reroute.core.Situation.Cause;

/** Who decides, as those who carry decisions out see it. */
interface Cycles {

    /** All that is known now. */
    Situation situation(Cause cause);

    /** What would be decided. */
    List<Decision> decide(Situation situation);

    /** Asks for a cycle and returns at once. */
    void cycle(Cause cause, Look look);
}
