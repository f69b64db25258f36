package net.reroute.simulation.linux;

import java.util.Comparator;
import java.util.List;

/**
 * A path that a site announces, as its neighbour receives it.
 *
 * @param site that announces it
 * @param numbers the AS path, the neighbour first
 * @param med the multi-exit discriminator; lower is better
 * @param leaving true if it carries the community graceful shutdown (RFC 8326)
 * @param nextHop the address of the site's speaker
 */
record BgpPath(String site, List<String> numbers, long med, boolean leaving, String nextHop) {

    /** Best first, for a neighbour that lets all three ways to announce worse count. */
    static final Comparator<BgpPath> BEST = Comparator.comparing(BgpPath::leaving)
            .thenComparing(p -> p.numbers().size()).thenComparing(BgpPath::med);
}
