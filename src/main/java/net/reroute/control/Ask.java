package net.reroute.control;

import java.time.Instant;
import java.util.Optional;
import net.reroute.core.Attribution;

/**
 * How something is asked for.
 *
 * @param by who and why
 * @param until when it shall end by itself
 * @param force against what speaks against it
 * @param dryRun tell, and do nothing
 */
public record Ask(Attribution by, Optional<Instant> until, boolean force, boolean dryRun) {}
