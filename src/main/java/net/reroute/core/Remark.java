package net.reroute.core;

/** A record for people, mostly about a problem. It does not change the state. */
public sealed interface Remark
        extends
            Record
        permits RouteRemarks, RouterRemarks, LanRemarks, NextHopRemarks, CheckRemarks, ProgramRemarks,
        FlowRemarks, ClusterRemarks {

    @Override
    default boolean isWarning() {
        return true;
    }
}
