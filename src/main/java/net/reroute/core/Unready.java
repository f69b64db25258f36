package net.reroute.core;

import java.time.Duration;

/** Why a preferred server does not get the service yet. */
public sealed interface Unready {

    String server();

    String text();

    /** The server is fit, but must stay so for a while first. */
    record Soaking(String server, Duration soak) implements Unready {
        @Override
        public String text() {
            return server + " returns after a soak of " + Durations.text(soak);
        }
    }

    record InMaintenance(String server) implements Unready {
        @Override
        public String text() {
            return server + " is in maintenance";
        }
    }

    /**
     * The checks do not report UP.
     *
     * @param doubt true if the server is UP but a check has begun to fail
     * @param why what the checks reported; may be empty
     */
    record NotUp(String server, Health.State state, boolean doubt, String why) implements Unready {
        @Override
        public String text() {
            return server + " is " + (doubt ? "in doubt" : state) + (why.isEmpty() ? "" : " (" + why + ")");
        }
    }
}
