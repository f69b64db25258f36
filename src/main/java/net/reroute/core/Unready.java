package net.reroute.core;

import java.time.Duration;

/** Why a preferred server does not get the service yet. */
public sealed interface Unready {

    String server();

    String text();

    /** It is fit, and has to stay so for a while first. */
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
     * Its checks do not say UP.
     *
     * @param doubt the checks are about to turn
     * @param why what they said; may be empty
     */
    record NotUp(String server, Health.State state, boolean doubt, String why) implements Unready {
        @Override
        public String text() {
            return server + " is " + (doubt ? "in doubt" : state) + (why.isEmpty() ? "" : " (" + why + ")");
        }
    }
}
