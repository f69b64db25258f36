package net.reroute.operations;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Decision;
import net.reroute.core.Reading;
import net.reroute.core.Seen;
import net.reroute.core.Service;

/**
 * Where the routers send a service, by their tables when last read and not by what reroute remembers.
 *
 * @param state how the tables compare with each other and with the decision of reroute
 * @param servers where all tables send it; empty if they do not agree, or send it to none of its servers
 * @param readings by router
 * @param remarks what a router's table holds, if that is not what was decided; by router
 */
public record Whereabouts(Agreement state, List<String> servers, Map<String, Reading> readings,
        Map<String, String> remarks) {

    /**
     * PLACED: where reroute put it or found it. ELSEWHERE: at other servers of the service. NOBODY: no route. STRANGER:
     * at a next hop of none of its servers. DIFFERS: the routers do not agree. UNKNOWN: no router has been read.
     */
    public enum Agreement {
        PLACED, ELSEWHERE, NOBODY, STRANGER, DIFFERS, UNKNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Compares the routers' tables.
     *
     * @param readings of the service, by router
     * @param takenOver the server that has a next hop now, by the next hop's own server
     */
    static Whereabouts of(Decision decision, Map<String, Reading> readings, Map<String, String> takenOver) {
        Comparing comparing = new Comparing(decision, takenOver);
        Map<List<String>, Seen> different = new HashMap<>();
        readings.values().forEach(r -> different.put(r.seen().shown(), r.seen()));
        if (different.size() != 1) {
            Agreement state = different.isEmpty() ? Agreement.UNKNOWN : Agreement.DIFFERS;
            return new Whereabouts(state, List.of(), readings, comparing.remarks(state, readings));
        }
        Seen seen = different.values().iterator().next();
        Agreement state = comparing.state(seen);
        return new Whereabouts(state, comparing.behind(seen), readings, comparing.remarks(state, readings));
    }

    /** The text in the column NOW. */
    public String now() {
        return switch (state) {
            case PLACED, ELSEWHERE -> String.join("+", servers);
            case NOBODY, STRANGER, DIFFERS, UNKNOWN -> state.word();
        };
    }

    /** The time of the oldest reading; empty if no router has been read. */
    public Optional<Instant> oldest() {
        return readings.values().stream().map(Reading::at).min(Comparator.naturalOrder());
    }

    private record Comparing(Decision decision, Map<String, String> takenOver) {

        Agreement state(Seen seen) {
            if (seen.shown().isEmpty()) {
                return Agreement.NOBODY;
            }
            if (behind(seen).isEmpty()) {
                return Agreement.STRANGER;
            }
            return Set.copyOf(behind(seen)).equals(Set.copyOf(decision.from()))
                    ? Agreement.PLACED
                    : Agreement.ELSEWHERE;
        }

        /** A next hop that another server has taken over counts as that server. */
        List<String> behind(Seen seen) {
            return seen.servers().stream().map(s -> takenOver.getOrDefault(s, s)).distinct().toList();
        }

        Map<String, String> remarks(Agreement state, Map<String, Reading> readings) {
            Map<String, String> remarks = new LinkedHashMap<>();
            readings.forEach((router, reading) -> remark(state, reading.seen())
                    .ifPresent(text -> remarks.put(router, text)));
            decision.service().routers().stream().filter(r -> !readings.containsKey(r))
                    .forEach(router -> remarks.put(router, "has not been read yet"));
            return remarks;
        }

        private Optional<String> remark(Agreement state, Seen seen) {
            if (!seen.remark().isEmpty()) {
                return Optional.of(seen.remark());
            }
            return state == Agreement.PLACED ? Optional.empty() : Optional.of(shows(seen));
        }

        private String shows(Seen seen) {
            Service service = decision.service();
            if (seen.shown().isEmpty()) {
                // A route that was there before is made again automatically.
                return service.absent() + (decision.from().isEmpty()
                        ? "; 'reroute " + service.name() + " to " + service.home() + "' makes one"
                        : "");
            }
            List<String> servers = behind(seen);
            return "sends it to " + (servers.isEmpty()
                    ? String.join(", ", seen.shown()) + ", none of its servers"
                    : String.join("+", servers));
        }
    }
}
