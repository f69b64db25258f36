package net.reroute.control;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that only goes forward, at the speed of {@code nanoTime}: when an admin or NTP sets the clock by an hour, no soak
 * ends, no health grows stale and no pin runs out. It starts as the wall clock.
 */
public final class SteadyClock implements InstantSource {

    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return startedAt.plusNanos(System.nanoTime() - startedNanos);
    }
}
