package net.reroute.operations;

import java.util.Optional;

/**
 * A recorded session with a router's command line.
 *
 * @param text what was sent and received, without secrets
 * @param trouble why it ended early; empty if it did not
 */
public record SessionReport(String router, String dialect, String text, Optional<String> trouble) {}
