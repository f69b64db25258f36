package net.reroute.core;

import java.time.Duration;
import net.reroute.core.Facts.RouterService;

/** Remarks about services and their routes. */
public sealed interface RouteRemarks extends Remark {

    /** A remark about a service on one router. */
    sealed interface OfRoute extends RouteRemarks {

        RouterService at();

        @Override
        default String subject() {
            return at().service();
        }
    }

    /**
     * A service stays where it must not be, or cannot go where it should.
     *
     * @param reason one sentence
     * @param wished true if an admin paused moves: then this is not an alert
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
     * A router differs from the decision and is left so.
     *
     * @param observed true if the only reason is that reroute may type nothing
     */
    record Drifted(RouterService at, String what, boolean observed) implements OfRoute {

        @Override
        public String kind() {
            return observed ? "observe" : "drift";
        }

        @Override
        public String text() {
            return at.router() + ": " + what;
        }
    }

    /** A route has disappeared. */
    record RouteMissing(RouterService at) implements OfRoute {

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
     * A missing route is there again, for whatever reason.
     *
     * @param within "at most ", "at least ", or empty if the time is exact
     * @param missing how long it was missing
     */
    record RouteBack(RouterService at, String within, Duration missing) implements OfRoute {

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
     * Probes through the router say nothing about a service.
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
