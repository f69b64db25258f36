package net.reroute.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** Durations as admins write and read them: 50ms, 2s, 5m, 1h, 1d. */
public final class Durations {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SPELLED = Pattern
            .compile("(\\d{1,9}) *(msecs?|ms|secs?|seconds?|s|mins?|minutes?|m|hrs?|hours?|h|days?|d)");
    /**
     * A hundred years. Anything longer is a typing error, and three times as much would overflow a long of nanoseconds.
     */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /**
     * Parses a number with a unit, such as 50ms.
     *
     * @throws IllegalArgumentException if the text is not a duration, or longer than a hundred years; the message says
     *     what to write
     */
    public static Duration parse(String text) {
        var match = WRITTEN.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write " + meant(text));
        }
        Duration duration = of(Long.parseLong(match.group(1)), match.group(2));
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + text + "' is longer than a hundred years");
        }
        return duration;
    }

    /** Suggests the right form for spelled-out units and for a space before the unit. */
    private static String meant(String text) {
        var match = SPELLED.matcher(text);
        if (!match.matches()) {
            return "it like 50ms, 2s, 5m, 1h or 1d";
        }
        String unit = match.group(2);
        return match.group(1) + (unit.startsWith("ms") ? "ms" : unit.substring(0, 1));
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Short, rounded down: 250ms, 4s, 3m12s, 5h07m, 2d4h. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return Math.max(0, duration.toMillis()) + "ms";
        }
        if (seconds < 60) {
            int tenth = duration.toMillisPart() / 100;
            return seconds < 10 && tenth > 0 ? seconds + "." + tenth + "s" : seconds + "s";
        }
        if (seconds < 3600) {
            return duration.toMinutes() + "m" + pad(duration.toSecondsPart(), "s");
        }
        if (seconds < 86_400) {
            return duration.toHours() + "h" + pad(duration.toMinutesPart(), "m");
        }
        return duration.toDays() + "d" + (duration.toHoursPart() > 0 ? duration.toHoursPart() + "h" : "");
    }

    private static String pad(int value, String unit) {
        return value == 0 ? "" : String.format(Locale.ROOT, "%02d%s", value, unit);
    }

    /** The time from {@code since} to {@code now}, never negative. */
    public static String age(Instant since, Instant now) {
        return text(since.isAfter(now) ? Duration.ZERO : Duration.between(since, now));
    }

    /** Milliseconds with one decimal, for the phases of a move. */
    public static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e5) / 10.0;
    }
}
