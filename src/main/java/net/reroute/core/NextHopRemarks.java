package net.reroute.core;

import java.util.List;

/** What became of next hops that another server takes over. */
public sealed interface NextHopRemarks extends Remark {

    /** Whose next hop it is. */
    String server();

    @Override
    default String subject() {
        return server();
    }

    /**
     * A dead server's next hop is at another, since the router takes no commands.
     *
     * @param by who has it
     * @param remarks what else is to be known of it
     */
    record NextHopTaken(String server, Address hop, String by, String router,
            List<String> remarks) implements NextHopRemarks {

        @Override
        public String kind() {
            return "takeover";
        }

        @Override
        public String text() {
            return "next hop " + hop + " of " + server + " taken over by " + by + ": " + router + " does not answer"
                    + more(remarks);
        }
    }

    /** A next hop is its own server's again, or nobody's. */
    record NextHopReleased(String server, Address hop, String from, List<String> remarks) implements NextHopRemarks {

        @Override
        public boolean isWarning() {
            return false;
        }

        @Override
        public String kind() {
            return "released";
        }

        @Override
        public String text() {
            return "next hop " + hop + " is off " + from + more(remarks);
        }
    }

    /** A next hop that was taken over could not be given back. */
    record NotReleased(String server, String why) implements NextHopRemarks {

        @Override
        public String kind() {
            return "not-released";
        }

        @Override
        public String text() {
            return why;
        }
    }

    private static String more(List<String> remarks) {
        return remarks.isEmpty() ? "" : "; " + String.join("; ", remarks);
    }
}
