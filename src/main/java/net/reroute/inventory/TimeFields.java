package net.reroute.inventory;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import net.reroute.core.Hours;
import org.quartz.CronExpression;

/** Fields for wall clock times: hours of the day, time zones, cron expressions. */
final class TimeFields {

    private TimeFields() {}

    /** Hours of the day, in the zone that the same entry names. */
    static Optional<Hours> hours(Fields fields, String key) {
        ZoneId zone = zone(fields);
        return fields.value(key, text -> Hours.parse(text, zone));
    }

    /** The field {@code zone}; by default the zone of this machine. */
    static ZoneId zone(Fields fields) {
        return fields.value("zone", TimeFields::zone).orElse(ZoneId.systemDefault());
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time zone; write one like Europe/Berlin or UTC",
                    e);
        }
    }

    /** Quartz itself parses the text: a second grammar would disagree with it some day. */
    static String cron(String text) {
        int fields = text.strip().split("\\s+").length;
        if (!CronExpression.isValidExpression(text)) {
            throw new IllegalArgumentException("'" + text + "' is no cron expression"
                    + (fields == 5
                            ? "; Quartz begins with the seconds and wants one of the two days as ?, like '0 0 4 * * ?'"
                            : "; write seconds, minutes, hours, day, month, weekday, like '0 0 4 * * ?' for 4 AM"));
        }
        try {
            if (new CronExpression(text).getNextValidTimeAfter(new Date()) == null) {
                throw new IllegalArgumentException("'" + text + "' never comes again");
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no cron expression: " + e.getMessage(), e);
        }
        return text;
    }
}
