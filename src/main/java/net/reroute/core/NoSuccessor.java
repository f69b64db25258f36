package net.reroute.core;

import java.util.List;

/** Why no server can take over. */
public sealed interface NoSuccessor {

    String text();

    record NoneUp() implements NoSuccessor {
        @Override
        public String text() {
            return "no other server is UP";
        }
    }

    /** These servers may be DOWN; the next results will tell. */
    record InDoubt(List<String> servers) implements NoSuccessor {
        @Override
        public String text() {
            return String.join(" and ", servers) + " in doubt, waiting for the verdict";
        }
    }

    record AllSetAside(List<String> servers) implements NoSuccessor {
        @Override
        public String text() {
            return String.join(", ", servers) + (servers.size() == 1 ? " is" : " are")
                    + " UP and set aside after a failed probe through the router";
        }
    }
}
