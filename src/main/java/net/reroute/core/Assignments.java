package net.reroute.core;

import java.util.List;
import net.reroute.core.Facts.At;

/** Where services are, apart from moves that ended. */
public sealed interface Assignments extends Record {

    String service();

    @Override
    default String subject() {
        return service();
    }

    /** A router carries what was decided; others may still be on their way. */
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

    /** An admin gives a service that was found somewhere back to automatic. */
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

    /** How it came that a service was found at a server. */
    enum Way {
        /** At the first look, where it belongs. */
        HOME(""),
        /** By somebody's hand. */
        FOUND("; kept until released"),
        /** By a move that was cut off. */
        CUT_OFF(", by a move that was cut off"),
        /** By a mark that only reroute writes. */
        OWN_MARK(", by a move of reroute that was not written down"),
        /** The router took a timed change back. */
        WENT_BACK("");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    /**
     * A service is where a router shows it.
     *
     * @param at the router that showed it
     * @param shown in the router's own terms
     */
    record Adopted(At at, Assignment assignment, List<String> shown, Way way) implements Assignments {

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
            return way == Way.WENT_BACK
                    ? at.router() + " has taken the last move back by itself: " + at.service() + " is at " + servers
                            + " again"
                    : "at " + servers + " on " + at.router() + way.words;
        }

        @Override
        public boolean isWarning() {
            return way == Way.WENT_BACK;
        }

        @Override
        public boolean isQuiet() {
            return way == Way.HOME;
        }
    }
}
