package net.reroute.core;

import java.util.List;

/** Remarks about next hops that another server takes over. */
public sealed interface NextHopRemarks extends Remark {

    /** The server that the next hop belongs to. */
    String server();

    @Override
    default String subject() {
        return server();
    }

    /**
     * Another server took over a dead server's next hop, since the router takes no commands.
     *
     * @param by the server that took over
     * @param remarks of the server; may be empty
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

    /** A server released a next hop: it is back at its own server, or at none. */
    record NextHopReleased(String server, Address hop, String from, List<String> remarks) implements NextHopRemarks {

        public NextHopReleased {
            remarks = List.copyOf(remarks);
        }

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
