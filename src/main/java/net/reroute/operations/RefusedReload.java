package net.reroute.operations;

import java.time.Instant;

/**
 * A reload that was refused.
 *
 * @param why one line
 */
public record RefusedReload(Instant at, String why) {}
