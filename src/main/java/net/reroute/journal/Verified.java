package net.reroute.journal;

import java.util.List;

/**
 * What a verification says.
 *
 * @param first the first row there should be
 * @param last the last row there is, with its hash
 * @param findings all that is wrong, one sentence each, the first twenty; empty: every row follows from the one before, and
 *     the anchors agree
 */
public record Verified(long first, Head last, List<String> findings) {}
