package net.reroute.control;

import java.time.Instant;
import java.util.Optional;
import net.reroute.core.Attribution;

/**
 * The options of a request.
 *
 * @param by the author and the reason
 * @param until when the intent expires; empty: never
 * @param force true: do it despite objections
 * @param dryRun true: report what would be done, and do nothing
 */
public record Ask(Attribution by, Optional<Instant> until, boolean force, boolean dryRun) {}
