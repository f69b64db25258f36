package net.reroute.cli;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.control.Controller;
import net.reroute.core.Decision;
import net.reroute.core.Reading;
import net.reroute.core.Seen;
import net.reroute.core.Service;

/**
 * Where the routers send a service, by what their tables held when they were last read, and not by what reroute remembers.
 *
 * @param state how the tables compare with each other and with what reroute decided
 * @param servers where all tables that were read send it; empty if they do not agree, or it is none of its servers
 * @param readings by router
 * @param unread routers that have not been read yet
 */
record Whereabouts(State state, List<String> servers, Map<String, Reading> readings, List<String> unread) {

    /**
     * PLACED: where reroute put it or found it. ELSEWHERE: at other servers of it. NOBODY: no route. STRANGER: at a next hop
     * that is none of its servers. DIFFERS: the routers do not agree. UNKNOWN: no router has been read.
     */
    enum State {
        PLACED, ELSEWHERE, NOBODY, STRANGER, DIFFERS, UNKNOWN;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Whereabouts of(Controller controller, Decision decision) {
        Service service = decision.service();
        Map<String, Reading> readings = controller.readings(service);
        List<String> unread = service.routers().stream().filter(r -> !readings.containsKey(r)).toList();
        Map<List<String>, Seen> ways = new HashMap<>();
        readings.values().forEach(r -> ways.put(r.seen().shown(), r.seen()));
        if (ways.size() != 1) {
            return new Whereabouts(ways.isEmpty() ? State.UNKNOWN : State.DIFFERS, List.of(), readings, unread);
        }
        Seen seen = ways.values().iterator().next();
        List<String> servers = behind(controller, seen);
        return new Whereabouts(state(seen, servers, decision), servers, readings, unread);
    }

    private static State state(Seen seen, List<String> servers, Decision decision) {
        if (seen.shown().isEmpty()) {
            return State.NOBODY;
        }
        if (servers.isEmpty()) {
            return State.STRANGER;
        }
        return Set.copyOf(servers).equals(Set.copyOf(decision.from())) ? State.PLACED : State.ELSEWHERE;
    }

    /** A next hop that another server has taken over leads to that one. */
    private static List<String> behind(Controller controller, Seen seen) {
        Map<String, String> takenOver = controller.takenOver();
        return seen.servers().stream().map(s -> takenOver.getOrDefault(s, s)).distinct().toList();
    }

    /** What stands in the column NOW. */
    String now() {
        return switch (state) {
            case PLACED, ELSEWHERE -> Table.names(servers);
            case NOBODY, STRANGER, DIFFERS, UNKNOWN -> state.word();
        };
    }

    /** When the router that was read the longest time ago was read. */
    Optional<Instant> oldest() {
        return readings.values().stream().map(Reading::at).min(Comparator.naturalOrder());
    }

    /** What each router's table holds, where that is not what was decided. */
    Map<String, String> remarks(Controller controller, Decision decision) {
        Map<String, String> remarks = new LinkedHashMap<>();
        readings.forEach((router, reading) -> remark(controller, decision, reading)
                .ifPresent(text -> remarks.put(router, text)));
        unread.forEach(router -> remarks.put(router, "has not been read yet"));
        return remarks;
    }

    private Optional<String> remark(Controller controller, Decision decision, Reading reading) {
        if (!reading.seen().remark().isEmpty()) {
            return Optional.of(reading.seen().remark());
        }
        if (state == State.PLACED) {
            return Optional.empty();
        }
        return Optional.of(says(controller, decision, reading.seen()));
    }

    private static String says(Controller controller, Decision decision, Seen seen) {
        Service service = decision.service();
        if (seen.shown().isEmpty()) {
            // Where there was one before, it is made again without being asked for.
            return "has no route" + (decision.from().isEmpty()
                    ? "; 'reroute " + service.name() + " to " + service.home() + "' makes one"
                    : "");
        }
        List<String> servers = behind(controller, seen);
        return "sends it to " + (servers.isEmpty()
                ? String.join(", ", seen.shown()) + ", none of its servers"
                : Table.names(servers));
    }
}
