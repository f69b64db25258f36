package net.reroute.operations;

import java.util.Optional;

/**
 * A session with a router's command line.
 *
 * @param text as it went over the line, secrets taken out
 * @param trouble why it ended early; empty if it did not
 */
public record SessionReport(String router, String dialect, String text, Optional<String> trouble) {}
