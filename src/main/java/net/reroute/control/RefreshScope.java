package net.reroute.control;

/** The routers that a cycle reads even if they need no change. */
public enum RefreshScope {
    /** None: only routers that must be changed are contacted. */
    NONE,
    /** Those whose table costs next to nothing to read. */
    CHEAP,
    /** Every router. */
    ALL
}
