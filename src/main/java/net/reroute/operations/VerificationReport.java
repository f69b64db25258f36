package net.reroute.operations;

import net.reroute.journal.Verified;

/**
 * Whether the journal is whole.
 *
 * @param anchors how many kept elsewhere it was compared with
 */
public record VerificationReport(Verified verified, int anchors) {}
