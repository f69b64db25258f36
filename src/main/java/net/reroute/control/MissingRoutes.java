package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Facts.At;
import net.reroute.core.RouteRemarks.RouteBack;
import net.reroute.core.RouteRemarks.RouteMissing;

/** Routes that were there, and are not, and for how long. Guarded by itself. */
final class MissingRoutes {

    /** SINCE: the router told at once. AT_MOST: it was there at the look before. AT_LEAST: it was missing at the first look. */
    private enum Known {
        SINCE(""), AT_MOST("at most "), AT_LEAST("at least ");

        private final String word;

        Known(String word) {
            this.word = word;
        }
    }

    private record Gone(Instant since, Known known) {}

    private final Map<At, Instant> seen = new HashMap<>();
    private final Map<At, Gone> gone = new HashMap<>();

    /** It is there. Returns what to tell, if it was missing. */
    synchronized Optional<RouteBack> there(At at, Instant now) {
        seen.put(at, now);
        return Optional.ofNullable(gone.remove(at))
                .map(g -> new RouteBack(at, g.known.word, Duration.between(g.since, now)));
    }

    /**
     * It is not there, and once was.
     *
     * @param told whether the router tells at once what happens to it
     * @return what to tell, if that is new
     */
    synchronized Optional<RouteMissing> notThere(At at, boolean told, Instant now) {
        if (gone.containsKey(at)) {
            return Optional.empty();
        }
        Instant last = seen.remove(at);
        Known seenBefore = told ? Known.SINCE : Known.AT_MOST;
        Known known = last == null ? Known.AT_LEAST : seenBefore;
        gone.put(at, new Gone(known == Known.AT_MOST ? last : now, known));
        return Optional.of(new RouteMissing(at));
    }
}
