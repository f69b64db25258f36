package net.reroute.core;

import java.util.List;
import java.util.stream.Collectors;

/** Why a server must stop carrying a service. */
public sealed interface Loss {

    String text();

    static String text(List<Loss> all) {
        return all.stream().map(Loss::text).collect(Collectors.joining(", "));
    }

    /** The inventory no longer lists the server for the service. */
    record Removed(String server) implements Loss {
        @Override
        public String text() {
            return server + " no longer carries it";
        }
    }

    /** @param why what its checks reported */
    record Down(String server, String why) implements Loss {
        @Override
        public String text() {
            return server + " is DOWN (" + why + ")";
        }
    }

    record InMaintenance(String server, Attribution by) implements Loss {
        @Override
        public String text() {
            return server + " is in maintenance " + by;
        }
    }

    /** A probe through the router failed for this server. */
    record SetAside(String server) implements Loss {
        @Override
        public String text() {
            return server + " was set aside, its probe through the router failed";
        }
    }
}
