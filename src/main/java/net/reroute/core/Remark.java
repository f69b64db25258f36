package net.reroute.core;

/** What somebody will want to read, most of it because something is wrong. It changes nothing of what is so. */
public sealed interface Remark
        extends
            Record
        permits RouteRemarks, RouterRemarks, LanRemarks, NextHopRemarks, CheckRemarks, ProgramRemarks {

    @Override
    default boolean isWarning() {
        return true;
    }
}
