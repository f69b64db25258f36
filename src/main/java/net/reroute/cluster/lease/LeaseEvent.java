package net.reroute.cluster.lease;

/** What follows from an answer. */
sealed interface LeaseEvent {
    record Won(long epoch) implements LeaseEvent {}

    record Lost(String why) implements LeaseEvent {}

    /** The lease is to be given back to a router. */
    record Release(int router, long epoch) implements LeaseEvent {}
}
