package net.reroute.operations;

import java.time.Instant;

/**
 * A reload that did not come about.
 *
 * @param why one line
 */
public record RefusedReload(Instant at, String why) {}
