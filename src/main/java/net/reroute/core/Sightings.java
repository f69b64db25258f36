package net.reroute.core;

import net.reroute.core.Facts.Settled;

/** What several controllers see. Logs and history do not show it. */
public sealed interface Sightings extends Record {

    @Override
    default boolean isQuiet() {
        return true;
    }

    /** What one of several controllers sees of a server. */
    record Sight(String vantage, Target target) {}

    /**
     * A check of one of several controllers turned a server UP or DOWN, or nothing is known there any more.
     *
     * @param said the text of the last result
     */
    record HealthSeen(Sight sight, Settled settled, String said) implements Sightings {

        @Override
        public String kind() {
            return "health";
        }

        @Override
        public String subject() {
            return sight.target().server();
        }

        @Override
        public String text() {
            return sight.vantage() + ": " + sight.target() + " is " + settled.state() + " (" + said + ")";
        }
    }
}
