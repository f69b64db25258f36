package net.reroute.operations;

import java.util.Map;

/**
 * Connections that live at a server which carries nothing new.
 *
 * @param live how many, by service
 * @param current false while routers have not counted since the last move
 * @param troubles why routers keep no connections, by router
 * @param uncounted why routers do not tell how many there are, by router
 */
public record ConnectionReport(String server, Map<String, Integer> live, boolean current,
        Map<String, String> troubles, Map<String, String> uncounted) {

    /** For people: that so many connections go on. */
    public static String goOn(int live) {
        return live + (live == 1 ? " connection goes on" : " connections go on");
    }

    /** True if it is known that there are none. */
    public boolean isOver() {
        return current && live.isEmpty() && !isUnknown();
    }

    /** True if nobody will ever know. */
    public boolean isUnknown() {
        return !uncounted.isEmpty() || !troubles.isEmpty();
    }
}
