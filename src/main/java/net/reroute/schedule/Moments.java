package net.reroute.schedule;

import java.time.Instant;
import java.util.Optional;

/** Moments by the wall clock. Equal objects have the same moments. */
public interface Moments {

    /** The first moment after another; empty if there is none. */
    Optional<Instant> next(Instant after);
}
