package net.reroute.core;

import java.time.Instant;

/**
 * What a router showed of one service.
 *
 * @param at when it was read
 */
public record Reading(Instant at, Seen seen) {}
