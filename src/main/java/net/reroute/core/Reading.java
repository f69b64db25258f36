package net.reroute.core;

import java.time.Instant;

/**
 * What a router showed of a service when it was last read.
 *
 * @param at when
 */
public record Reading(Instant at, Seen seen) {}
