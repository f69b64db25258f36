package net.reroute.core;

import java.util.List;
import net.reroute.core.Facts.RouterService;

/** Changes of assignments, except the ends of moves. */
public sealed interface Assignments extends Record {

    String service();

    @Override
    default String subject() {
        return service();
    }

    /** At least one router carries this assignment; other routers of the service may not do so yet. */
    record Placed(String service, Assignment assignment) implements Assignments {

        @Override
        public String kind() {
            return "placed";
        }

        @Override
        public String text() {
            return service + " is at " + String.join("+", assignment.servers());
        }

        @Override
        public boolean isQuiet() {
            return true;
        }
    }

    /** An admin returned a service that was found somewhere to automatic. */
    record Released(String service, Attribution by, Assignment assignment) implements Assignments {

        @Override
        public Actor actor() {
            return by.actor();
        }

        @Override
        public String kind() {
            return "released";
        }

        @Override
        public String text() {
            return "given back to automatic " + by;
        }
    }

    /** How a service got to the server where it was found. */
    enum FoundBy {
        /** It was at home when its router was first read. */
        HOME(""),
        /** Another person or program changed the route. */
        FOUND("; kept until released"),
        /** A move of reroute was cut off after the route was changed. */
        CUT_OFF(", by a move that was cut off"),
        /** The route carries a mark that only reroute writes. */
        OWN_MARK(", by a move of reroute that was not written down"),
        /** The router reverted a timed change. */
        WENT_BACK("");

        private final String words;

        FoundBy(String words) {
            this.words = words;
        }
    }

    /**
     * A service is taken to be where a router shows it.
     *
     * @param at the router and the service
     * @param shown what the router shows, in its own terms
     */
    record Adopted(RouterService at, Assignment assignment, List<String> shown, FoundBy way) implements Assignments {

        public Adopted {
            shown = List.copyOf(shown);
        }

        @Override
        public String service() {
            return at.service();
        }

        @Override
        public String kind() {
            return switch (way) {
                case WENT_BACK -> "went-back";
                case HOME -> "at-home";
                case FOUND, CUT_OFF, OWN_MARK -> "found";
            };
        }

        @Override
        public String text() {
            String servers = String.join("+", assignment.servers());
            return way == FoundBy.WENT_BACK
                    ? at.router() + " has taken the last move back by itself: " + at.service() + " is at " + servers
                            + " again"
                    : "at " + servers + " on " + at.router() + way.words;
        }

        @Override
        public boolean isWarning() {
            return way == FoundBy.WENT_BACK;
        }

        @Override
        public boolean isQuiet() {
            return way == FoundBy.HOME;
        }
    }
}
