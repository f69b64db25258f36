package net.reroute.core;

import java.time.Duration;
import net.reroute.core.Facts.At;

/** What was seen of services and their routes. */
public sealed interface RouteRemarks extends Remark {

    /** What was seen of a service on one router. */
    sealed interface OfRoute extends RouteRemarks {

        At at();

        @Override
        default String subject() {
            return at().service();
        }
    }

    /**
     * A service stays where it must not, or cannot go where it should.
     *
     * @param reason one sentence
     * @param wished nothing moves because an admin wishes so: no problem to tell
     */
    record Held(String service, String reason, boolean wished) implements RouteRemarks {

        @Override
        public String kind() {
            return "not-moved";
        }

        @Override
        public String subject() {
            return service;
        }

        @Override
        public String text() {
            return reason;
        }
    }

    /**
     * A router does otherwise than decided, and is left so.
     *
     * @param observed because nothing is typed at all
     */
    record Drifted(At at, String what, boolean observed) implements OfRoute {

        @Override
        public String kind() {
            return observed ? "observe" : "drift";
        }

        @Override
        public String text() {
            return at.router() + ": " + what;
        }
    }

    /** A route that was there is not. */
    record RouteMissing(At at) implements OfRoute {

        @Override
        public String kind() {
            return "missing";
        }

        @Override
        public String text() {
            return at.router() + ": the route is missing";
        }
    }

    /**
     * A route that was missing is there again, whoever put it back.
     *
     * @param within "at most ", "at least ", or empty where that is known
     * @param missing how long
     */
    record RouteBack(At at, String within, Duration missing) implements OfRoute {

        @Override
        public boolean isWarning() {
            return false;
        }

        @Override
        public String kind() {
            return "missing";
        }

        @Override
        public String text() {
            return at.router() + ": the route was missing for " + within + Durations.text(missing)
                    + "; it is there again";
        }
    }

    /**
     * Nothing can be said of a service by asking it through its router.
     *
     * @param found what the probe found
     */
    record ProbeBlind(String service, Address address, String found) implements RouteRemarks {

        @Override
        public String kind() {
            return "probe-blind";
        }

        @Override
        public String subject() {
            return service;
        }

        @Override
        public String text() {
            return found + "; the checks decide; see what stands between this machine and " + address;
        }
    }
}
