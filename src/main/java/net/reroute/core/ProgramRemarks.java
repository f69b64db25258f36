package net.reroute.core;

import java.time.Duration;

/** Remarks about reroute itself, apart from moves. */
public sealed interface ProgramRemarks extends Remark {

    /** The process did not run for a while. */
    record Gap(Duration length) implements ProgramRemarks {

        @Override
        public String kind() {
            return "gap";
        }

        @Override
        public String subject() {
            return "reroute";
        }

        @Override
        public String text() {
            return "reroute did not run for " + length.toMillis() / 100 / 10.0
                    + "s (stopped, its machine paused, or without a processor); what it knew is unknown until it is checked again";
        }
    }

    /** Checks or cycles have stalled. */
    record Late(String why) implements ProgramRemarks {

        @Override
        public String kind() {
            return "late";
        }

        @Override
        public String subject() {
            return "reroute";
        }

        @Override
        public String text() {
            return "checks, cycles or jobs have stalled: " + why;
        }
    }

    /** The journal's anchor could not be sent to a place in the settings. */
    record AnchorNotSent(String place, String why) implements ProgramRemarks {

        @Override
        public String kind() {
            return "anchor";
        }

        @Override
        public String subject() {
            return "journal";
        }

        @Override
        public String text() {
            return "the journal's anchor cannot be sent to " + place + ": " + why;
        }
    }

    /** A notification could not be delivered. */
    record NotTold(String channel, String text) implements ProgramRemarks {

        @Override
        public String kind() {
            return "not-told";
        }

        @Override
        public String subject() {
            return channel;
        }
    }

    /**
     * A planned maintenance is near, or did not go as planned.
     *
     * @param trouble true if it did not go as planned
     */
    record MaintenanceTold(String server, String text, boolean trouble) implements ProgramRemarks {

        @Override
        public String kind() {
            return "maintenance";
        }

        @Override
        public String subject() {
            return server;
        }

        @Override
        public boolean isWarning() {
            return trouble;
        }
    }

    /**
     * How far a playbook has come. NOT_BEGUN: it was held, or missed its time. CUT_OFF: the previous process ended
     * during it.
     */
    enum Phase {
        NOT_BEGUN, BEGUN, STEP, ENDED, CUT_OFF;

        /** True if the playbook has run and has ended. */
        public boolean isOver() {
            return this == ENDED || this == CUT_OFF;
        }
    }

    /**
     * Something that a playbook did.
     *
     * @param text one sentence
     * @param output what a command printed; may be empty
     */
    record Played(Actor actor, String playbook, Phase phase, String text, String output,
            boolean warns) implements ProgramRemarks {

        @Override
        public String kind() {
            return "play";
        }

        @Override
        public String subject() {
            return playbook;
        }

        @Override
        public boolean isWarning() {
            return warns;
        }
    }

    /**
     * A token for the page and the API was made or revoked.
     *
     * @param made true: it was made
     * @param token its name
     * @param what it may do, and until when; may be empty
     */
    record TokenChanged(Actor actor, String token, boolean made, String what) implements ProgramRemarks {

        @Override
        public String kind() {
            return "token";
        }

        @Override
        public String subject() {
            return token;
        }

        @Override
        public String text() {
            return "token " + token + (made ? " made" : " revoked") + (what.isEmpty() ? "" : ", " + what) + " by "
                    + actor;
        }

        @Override
        public boolean isWarning() {
            return false;
        }
    }
}
