package net.reroute.core;

import java.util.List;
import java.util.stream.Collectors;

/** Why a server must not carry a service any longer. */
public sealed interface Loss {

    String text();

    static String text(List<Loss> all) {
        return all.stream().map(Loss::text).collect(Collectors.joining(", "));
    }

    /** The inventory took the server off the service. */
    record Removed(String server) implements Loss {
        @Override
        public String text() {
            return server + " no longer carries it";
        }
    }

    /** @param why what its checks said */
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

    /** A probe through the router failed at it. */
    record SetAside(String server) implements Loss {
        @Override
        public String text() {
            return server + " was set aside, its probe through the router failed";
        }
    }
}
