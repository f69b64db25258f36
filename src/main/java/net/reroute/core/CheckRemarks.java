package net.reroute.core;

import java.time.Duration;

/** Findings of checks other than UP and DOWN. */
public sealed interface CheckRemarks extends Remark {

    /** The server and the check. */
    Target target();

    @Override
    default String subject() {
        return target().server();
    }

    /**
     * A server fails often but is UP, since it never fails often enough in a row.
     *
     * @param failed how many of the last checks failed
     * @param of how many checks were counted
     * @param said the text of the last result
     */
    record Unsteady(Target target, int failed, int of, String said) implements CheckRemarks {

        @Override
        public String kind() {
            return "suspect";
        }

        @Override
        public String text() {
            return target.server() + " fails " + target.check() + " again and again and is UP all the same: " + failed
                    + " of the last " + of + " checks failed (" + said + ")";
        }
    }

    /**
     * A certificate expires soon or has expired.
     *
     * @param warning a clause that says when
     */
    record CertificateNear(Target target, String warning) implements CheckRemarks {

        @Override
        public String kind() {
            return "certificate";
        }

        @Override
        public String text() {
            return "the certificate that " + target.check() + " is shown by " + target.server() + " " + warning;
        }
    }

    /**
     * A server came UP or went DOWN.
     *
     * @param up true: it is UP
     * @param said the text of the last result
     */
    record Turned(Target target, boolean up, String said) implements CheckRemarks {

        @Override
        public String kind() {
            return up ? "up" : "down";
        }

        @Override
        public String text() {
            return target + " is " + (up ? "UP" : "DOWN") + (said.isEmpty() ? "" : " (" + said + ")");
        }

        @Override
        public boolean isWarning() {
            return !up;
        }
    }

    /**
     * A server that is UP fails.
     *
     * @param said the text of the last result
     */
    record Suspected(Target target, String said) implements CheckRemarks {

        @Override
        public String kind() {
            return "suspect";
        }

        @Override
        public String text() {
            return target + " fails (" + said + ")";
        }
    }

    /**
     * A server turns UP and DOWN again and again.
     *
     * @param turns how often
     * @param within in this time
     */
    record Flapping(Target target, int turns, Duration within, String said) implements CheckRemarks {

        @Override
        public String kind() {
            return "flapping";
        }

        @Override
        public String text() {
            return target + " flaps: it turned " + turns + " times within " + Durations.text(within) + " (" + said
                    + ")";
        }
    }
}
