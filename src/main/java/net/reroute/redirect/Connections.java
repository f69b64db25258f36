package net.reroute.redirect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.FlowPlan;
import net.reroute.core.Snapshot.Pair;

/** Keeps and ends connections of services on one device. */
public interface Connections {

    /**
     * Makes the device do what the plan says: look, compare, change, look again.
     *
     * @param show true: only find out which lines would be typed
     * @throws RedirectException if it refuses to show or do it, or does not answer
     */
    Tended tend(FlowPlan plan, boolean show) throws RedirectException;

    /**
     * Prepares a count, which does not need the session that changes are made over.
     *
     * @throws RedirectException if it does not tell
     */
    Counting counting(FlowPlan plan) throws RedirectException;

    /** A count, for another thread. */
    interface Counting {

        /**
         * How many connections live, by service and server.
         *
         * @throws RedirectException if the device does not tell, or not in time
         */
        Map<Pair, Count> count() throws RedirectException;
    }

    /**
     * @param lines typed, or to be typed
     * @param found what was not as it should be; empty if nothing but the ends of connections changed
     * @param ended services and servers whose connections end now, and did not before
     * @param room for connections of all kinds
     * @param trouble a part that was refused; empty if all was done
     */
    record Tended(List<String> lines, String found, Set<Pair> ended, Room room, String trouble) {

        public static final Tended NOTHING = new Tended(List.of(), "", Set.of(), Room.UNKNOWN, "");

        /** This behind what was done first. */
        public Tended behind(Tended first) {
            return new Tended(Stream.concat(first.lines.stream(), lines.stream()).toList(), found,
                    Stream.concat(first.ended.stream(), ended.stream()).collect(Collectors.toSet()), room, trouble);
        }
    }

    /**
     * @param tracked connections that the kernel tracks
     * @param most how many it can track; 0 if that is not known
     */
    record Room(long tracked, long most) {

        public static final Room UNKNOWN = new Room(0, 0);
        private static final int NEARLY = 80;

        /** True if it will soon be full. */
        public boolean isCrowded() {
            return most > 0 && tracked > most / 100 * NEARLY;
        }
    }

    /**
     * @param live connections that are open
     * @param oneWay TCP connections of which answers were never seen here, so that nobody knows whether they are open
     */
    record Count(int live, int oneWay) {

        public Count plus(Count more) {
            return new Count(live + more.live, oneWay + more.oneWay);
        }
    }
}
