package net.reroute.schedule;

import java.time.Instant;
import java.util.Optional;

/** Moments by the wall clock. Two that are equal have the same moments. */
public interface Moments {

    /** The first moment after another; empty if there is none any more. */
    Optional<Instant> next(Instant after);
}
