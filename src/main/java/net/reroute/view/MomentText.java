package net.reroute.view;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Durations;

/** Points in time as admins write them: 2026-12-01 02:00, with a time zone after it, or in this machine's. */
public final class MomentText {

    private static final Pattern WRITTEN = Pattern
            .compile(
                    "(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d(?::\\d\\d)?)(?: ?(Z|[+-]\\d\\d:\\d\\d)| ([A-Za-z_/+-]+[A-Za-z0-9]*))?");
    private static final DateTimeFormatter SHOWN = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm").toFormatter();

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private MomentText() {}

    /**
     * @param here time zone if none is written
     * @throws IllegalArgumentException if the text is not a point in time, or a clock change skips or repeats it
     */
    public static Instant parse(String text, ZoneId here) {
        Matcher match = WRITTEN.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no moment; write it like \"2026-12-01 02:00\"");
        }
        try {
            String local = match.group(1) + "T" + match.group(2);
            if (match.group(3) != null) {
                return OffsetDateTime.parse(local + match.group(3)).toInstant();
            }
            return local(LocalDateTime.parse(local), match.group(4) == null ? here : ZoneId.of(match.group(4)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no moment: " + e.getMessage(), e);
        }
    }

    /**
     * A point in the past: a duration before now, a moment, a day, "today" or "yesterday". A day begins at midnight.
     *
     * @throws IllegalArgumentException if it is none of these; the message says what to write
     */
    public static Instant past(String text, Instant now, ZoneId here) {
        LocalDate today = now.atZone(here).toLocalDate();
        String word = text.strip();
        if (word.equals("today") || word.equals("yesterday")) {
            return (word.equals("today") ? today : today.minusDays(1)).atStartOfDay(here).toInstant();
        }
        if (word.matches("\\d{4}-\\d\\d-\\d\\d")) {
            try {
                return LocalDate.parse(word).atStartOfDay(here).toInstant();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("'" + word + "' is no day: " + e.getMessage(), e);
            }
        }
        if (word.matches("\\d{4}-.*")) {
            return parse(word, here);
        }
        try {
            return now.minus(Durations.parse(word));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", yesterday, 2026-12-01, or \"2026-12-01 02:00\"", e);
        }
    }

    private static Instant local(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            throw new IllegalArgumentException("on that day the clock in " + zone + " goes from "
                    + zone.getRules().getTransition(time).getDateTimeBefore().toLocalTime() + " to "
                    + zone.getRules().getTransition(time).getDateTimeAfter().toLocalTime() + ", so there is no "
                    + time.toLocalTime());
        }
        if (offsets.size() > 1) {
            throw new IllegalArgumentException("on that day the clock in " + zone + " shows " + time.toLocalTime()
                    + " twice; say which one with " + offsets.get(0) + " or " + offsets.get(1) + " behind it");
        }
        return time.toInstant(offsets.getFirst());
    }

    /** To the second, in this machine's time zone. */
    public static String exact(Instant at) {
        return EXACT.withZone(ZoneId.systemDefault()).format(at);
    }

    /** To the minute, in this machine's time zone. */
    public static String text(Instant at) {
        return SHOWN.withZone(ZoneId.systemDefault()).format(at);
    }
}
