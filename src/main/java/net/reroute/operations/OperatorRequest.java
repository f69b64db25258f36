package net.reroute.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.reroute.core.Actor;
import net.reroute.core.Attribution;

/**
 * The options of a request.
 *
 * @param actor the caller
 * @param because the reason, for the journal; may be empty
 * @param lasting how long the intent lasts from now; empty: until it is ended
 * @param force true: do it despite objections
 * @param dryRun true: report what would be done, and do nothing
 */
public record OperatorRequest(Actor actor, String because, Optional<Duration> lasting, boolean force, boolean dryRun) {

    /** A request without end, force or dry run. */
    public static OperatorRequest plain(Actor actor, String because) {
        return new OperatorRequest(actor, because, Optional.empty(), false, false);
    }

    Attribution by() {
        return new Attribution(actor, because, Instant.now());
    }
}
