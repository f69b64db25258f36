package net.reroute.core;

/** What checks found besides health. */
public sealed interface CheckRemarks extends Remark {

    /** Which check of which server. */
    Target target();

    @Override
    default String subject() {
        return target().server();
    }

    /**
     * A server is UP and fails all the time.
     *
     * @param failed so many
     * @param of the last so many checks
     * @param said by the last one
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
     * A certificate is about to expire, or has.
     *
     * @param warning when
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
}
