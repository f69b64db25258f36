package net.reroute.convert;

import java.time.Duration;
import java.util.Optional;

/** Times of HAProxy: a number with us, ms, s, m, h or d; milliseconds without one. */
final class HaproxyTimes {

    private HaproxyTimes() {}

    static Remark unread(Statement statement) {
        return Remark.without(Mention.of(statement) + ": this is no time");
    }

    static Optional<Duration> of(String text) {
        String unit = text.replaceFirst("^\\d{1,9}", "");
        String number = text.substring(0, text.length() - unit.length());
        if (number.isEmpty()) {
            return Optional.empty();
        }
        long count = Long.parseLong(number);
        return switch (unit) {
            case "us" -> Optional.of(Duration.ofMillis(count / 1000));
            case "", "ms" -> Optional.of(Duration.ofMillis(count));
            case "s" -> Optional.of(Duration.ofSeconds(count));
            case "m" -> Optional.of(Duration.ofMinutes(count));
            case "h" -> Optional.of(Duration.ofHours(count));
            case "d" -> Optional.of(Duration.ofDays(Math.min(count, 10_000)));
            default -> Optional.empty();
        };
    }
}
