package net.reroute.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.reroute.core.Actor;
import net.reroute.core.Attribution;

/**
 * How something is asked for.
 *
 * @param actor the caller
 * @param because his reason, for the journal; may be empty
 * @param lasting when it ends by itself, counted from now; empty = it stays until somebody ends it
 * @param force do it against what speaks against it
 * @param dryRun report what would be done, and do nothing
 */
public record OperatorRequest(Actor actor, String because, Optional<Duration> lasting, boolean force, boolean dryRun) {

    /** Plainly: no end, no force, for real. */
    public static OperatorRequest plain(Actor actor, String because) {
        return new OperatorRequest(actor, because, Optional.empty(), false, false);
    }

    Attribution by() {
        return new Attribution(actor, because, Instant.now());
    }
}
