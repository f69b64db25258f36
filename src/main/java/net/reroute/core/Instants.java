package net.reroute.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Moments as they were written down. */
public final class Instants {

    private Instants() {}

    /** Empty if it cannot be read: then nothing is known. */
    public static Optional<Instant> read(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
