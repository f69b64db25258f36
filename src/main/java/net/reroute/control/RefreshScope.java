package net.reroute.control;

/** Which routers a cycle reads, whether they should be changed or not. */
public enum RefreshScope {
    /** Those that have to be changed. */
    NONE,
    /** Those whose table costs next to nothing to read. */
    CHEAP,
    /** Every router. */
    ALL
}
