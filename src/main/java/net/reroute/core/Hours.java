package net.reroute.core;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of every day, such as 22:00-06:00.
 *
 * @param from first minute
 * @param to first minute after the end; if before {@code from}, on the next day
 * @param zone time zone of both
 */
public record Hours(LocalTime from, LocalTime to, ZoneId zone) {

    private static final Pattern WRITTEN = Pattern.compile("(\\d\\d:\\d\\d) ?- ?(\\d\\d:\\d\\d)");

    /** @throws IllegalArgumentException if the text is not written like 22:00-06:00, or both times are equal */
    public static Hours parse(String text, ZoneId zone) {
        Matcher match = WRITTEN.matcher(text);
        try {
            if (match.matches() && !match.group(1).equals(match.group(2))) {
                return new Hours(LocalTime.parse(match.group(1)), LocalTime.parse(match.group(2)), zone);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(complaint(text), e);
        }
        throw new IllegalArgumentException(complaint(text));
    }

    private static String complaint(String text) {
        return "'" + text + "' are no hours of a day; write them like 22:00-06:00";
    }

    public boolean contain(Instant at) {
        LocalTime time = at.atZone(zone).toLocalTime();
        boolean afterFrom = !time.isBefore(from);
        boolean beforeTo = time.isBefore(to);
        return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
    }

    /** The first moment from {@code at} on that is outside these hours. */
    public Instant end(Instant at) {
        if (!contain(at)) {
            return at;
        }
        ZonedDateTime now = at.atZone(zone);
        ZonedDateTime end = now.with(to);
        return (end.isAfter(now) ? end : now.plusDays(1).with(to)).toInstant();
    }

    @Override
    public String toString() {
        return from + "-" + to + " " + zone;
    }
}
