package net.reroute.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of one run of a check.
 *
 * @param ok the server answered as expected
 * @param said one short clause for people: "HTTP 200", "connection refused", "no answer in 50ms"
 * @param at when the run ended
 * @param took how long the run took
 * @param asked false if the check could not be run, for example after a refused login: then the result proves nothing
 *     about the server
 * @param certificateUntil the earliest expiry in the certificate chain; empty without TLS
 * @param load how busy the server says it is, in a unit of its own; empty if the check does not ask
 */
public record CheckResult(boolean ok, String said, Instant at, Duration took, boolean asked,
        Optional<Instant> certificateUntil, OptionalDouble load) {

    /** Cleans the text, which may contain the server's own words. */
    public CheckResult {
        said = Text.one(said);
    }

    /** The result of a check that was run, without TLS. */
    public CheckResult(boolean ok, String said, Instant at, Duration took) {
        this(ok, said, at, took, true, Optional.empty(), OptionalDouble.empty());
    }

    /** The result of a check that could not be run. It proves nothing about the server. */
    public static CheckResult notAsked(String why, Instant at) {
        return new CheckResult(false, why, at, Duration.ZERO, false, Optional.empty(), OptionalDouble.empty());
    }

    /** When the run began. */
    public Instant began() {
        return at.minus(took);
    }

    public CheckResult withCertificateUntil(Instant until) {
        return new CheckResult(ok, said, at, took, asked, Optional.of(until), load);
    }

    public CheckResult withLoad(double value) {
        return new CheckResult(ok, said, at, took, asked, certificateUntil, OptionalDouble.of(value));
    }
}
