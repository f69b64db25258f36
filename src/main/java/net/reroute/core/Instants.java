package net.reroute.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads stored moments. */
public final class Instants {

    private Instants() {}

    /** Empty if the text is not a moment: it then counts as unknown. */
    public static Optional<Instant> read(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
