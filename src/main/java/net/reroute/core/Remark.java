package net.reroute.core;

/** What somebody will want to read, and that changes nothing of what is so. */
public sealed interface Remark
        extends
            Record
        permits RouteRemarks, RouterRemarks, LanRemarks, NextHopRemarks, CheckRemarks, ProgramRemarks {
}
