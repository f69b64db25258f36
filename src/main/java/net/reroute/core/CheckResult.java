package net.reroute.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one run of a check saw.
 *
 * @param ok the server answered as wanted
 * @param said one short clause for people: "HTTP 200", "connection refused", "no answer in 50ms"
 * @param at when it ended
 * @param took how long it ran
 * @param asked false: the question could not be put (a login refused, say), which proves nothing about the server
 * @param certificateUntil when the first certificate that the answer rests on expires; empty without TLS
 */
public record CheckResult(boolean ok, String said, Instant at, Duration took, boolean asked,
        Optional<Instant> certificateUntil) {

    /** Part of what it says is the server's own words. */
    public CheckResult {
        said = Text.one(said);
    }

    /** The result of a question that was put. */
    public CheckResult(boolean ok, String said, Instant at, Duration took) {
        this(ok, said, at, took, true, Optional.empty());
    }

    public Instant began() {
        return at.minus(took);
    }

    public CheckResult withCertificateUntil(Instant until) {
        return new CheckResult(ok, said, at, took, asked, Optional.of(until));
    }
}
