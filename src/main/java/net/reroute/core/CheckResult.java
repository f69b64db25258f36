package net.reroute.core;

import java.time.Duration;
import java.time.Instant;

/**
 * What one run of a check saw.
 *
 * @param ok the server answered as wanted
 * @param said one short clause for people: "HTTP 200", "connection refused", "no answer in 50ms"
 * @param at when it ended
 * @param took how long it ran
 */
public record CheckResult(boolean ok, String said, Instant at, Duration took) {

    public Instant began() {
        return at.minus(took);
    }
}
