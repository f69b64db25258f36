package net.reroute.journal;

import java.util.List;

/**
 * The result of a verification.
 *
 * @param first number of the first row that should exist
 * @param last the newest row, with its hash
 * @param findings the first twenty, one sentence each; empty: every row follows from the one before, and all anchors
 *     agree
 */
public record Verified(long first, Head last, List<String> findings) {}
