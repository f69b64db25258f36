package net.reroute.control;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that only goes forward, at the rate of {@code nanoTime}. It starts at the wall clock's time. If an admin or
 * NTP sets the clock by an hour, no soak ends, no health becomes stale and no pin expires. Thread-safe.
 */
public final class SteadyClock implements InstantSource {

    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return startedAt.plusNanos(System.nanoTime() - startedNanos);
    }
}
