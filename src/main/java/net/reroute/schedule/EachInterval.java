package net.reroute.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Moments an interval apart, counted from the start of 1970 in UTC, so that every new plan has the same moments. */
public record EachInterval(Duration interval) implements Moments {

    @Override
    public Optional<Instant> next(Instant after) {
        long step = interval.toMillis();
        return Optional.of(Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), step) + 1) * step));
    }
}
