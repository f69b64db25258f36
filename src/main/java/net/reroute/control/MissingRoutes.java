package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.RouteRemarks.RouteBack;
import net.reroute.core.RouteRemarks.RouteMissing;

/** Routes that have disappeared, and for how long. Thread-safe. */
final class MissingRoutes {

    /**
     * SINCE: exact, the router reported it. AT_MOST: the route was there at the previous look. AT_LEAST: it was missing
     * at the first look.
     */
    private enum Known {
        SINCE(""), AT_MOST("at most "), AT_LEAST("at least ");

        private final String word;

        Known(String word) {
            this.word = word;
        }
    }

    private record Gone(Instant since, Known known) {}

    private final Map<RouterService, Instant> seen = new HashMap<>();
    private final Map<RouterService, Gone> gone = new HashMap<>();

    /** The route is there. Returns a remark if it was missing. */
    synchronized Optional<RouteBack> there(RouterService at, Instant now) {
        seen.put(at, now);
        return Optional.ofNullable(gone.remove(at))
                .map(g -> new RouteBack(at, g.known.word, Duration.between(g.since, now)));
    }

    /**
     * The route is not there, but once was.
     *
     * @param told true if the router reports changes at once
     * @return a remark if this is new
     */
    synchronized Optional<RouteMissing> notThere(RouterService at, boolean told, Instant now) {
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
