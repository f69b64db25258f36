package net.reroute.journal;

import java.util.List;

/**
 * The result of a verification.
 *
 * @param first the first row that should exist
 * @param last the last row that exists, with its hash
 * @param findings all that is wrong, one sentence each, the first twenty; empty: every row follows from the one before,
 *     and the anchors agree
 */
public record Verified(long first, Head last, List<String> findings) {}
