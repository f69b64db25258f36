package net.reroute.operations;

import net.reroute.journal.Verified;

/**
 * Whether the journal is complete and unchanged.
 *
 * @param anchors how many anchors kept elsewhere it was compared with
 */
public record VerificationReport(Verified verified, int anchors) {}
