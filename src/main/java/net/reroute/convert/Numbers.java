package net.reroute.convert;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Numbers and times as sources write them. */
final class Numbers {

    private Numbers() {}

    /** Seconds with or without a fraction, a year at most; empty if it is no such number. */
    static Optional<Duration> seconds(String text) {
        return text.matches("\\d{1,8}(\\.\\d{1,6})?")
                ? Optional.of(Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue()))
                : Optional.empty();
    }

    /** A whole number up to 99999999; empty if it is none. */
    static OptionalInt whole(String text) {
        return text.matches("\\d{1,8}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** A port from 1; empty if it is none. */
    static OptionalInt port(String text) {
        OptionalInt port = whole(text);
        return port.isPresent() && port.getAsInt() >= 1 && port.getAsInt() <= 65_535 ? port : OptionalInt.empty();
    }
}
