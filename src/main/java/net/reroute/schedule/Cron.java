package net.reroute.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The moments of a Quartz cron expression in a time zone. When the clock goes forward, moments in the missing hour come
 * at its end; when it goes back, moments in the repeated hour come once, the first time. Expressions that run every
 * hour or more often ignore both changes. cron(8) of Debian does the same.
 */
public final class Cron implements Moments {

    private static final int HOURS = 2;
    private static final Duration LONGEST_JUMP = Duration.ofHours(3);

    private final CronExpression expression;
    private final ZoneId zone;
    private final boolean everyHour;

    /** @throws IllegalArgumentException if that is no cron expression */
    public Cron(String expression, ZoneId zone) {
        try {
            this.expression = new CronExpression(expression);
        } catch (ParseException e) {
            throw new IllegalArgumentException("'" + expression + "' is no cron expression: " + e.getMessage(), e);
        }
        this.zone = zone;
        String hours = expression.strip().split("\\s+")[HOURS];
        this.everyHour = hours.startsWith("*") || hours.contains("/");
        // Local times are computed as if they were UTC, which has no jumps.
        this.expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    @Override
    public Optional<Instant> next(Instant after) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition last = rules.previousTransition(after.plus(LONGEST_JUMP));
        boolean twice = last != null && last.isOverlap() && last.getInstant().plus(LONGEST_JUMP).isAfter(after);
        // Starts before a repeated hour, so that neither pass through it is overlooked.
        Instant hands = hands(twice ? last.getInstant().minus(LONGEST_JUMP) : after);
        Instant best = null;
        while (true) {
            Date next = expression.getNextValidTimeAfter(Date.from(hands));
            if (next == null) {
                return Optional.ofNullable(best);
            }
            hands = next.toInstant();
            List<Instant> real = real(hands.atOffset(ZoneOffset.UTC).toLocalDateTime(), rules);
            for (Instant at : real) {
                if (at.isAfter(after) && (best == null || at.isBefore(best))) {
                    best = at;
                }
            }
            if (best != null && !real.isEmpty() && !real.getFirst().isBefore(best)) {
                return Optional.of(best);
            }
        }
    }

    private Instant hands(Instant real) {
        return real.atZone(zone).toLocalDateTime().toInstant(ZoneOffset.UTC);
    }

    /** The instants at which the clock shows a time: usually one, in one hour a year two, in another none. */
    private List<Instant> real(LocalDateTime time, ZoneRules rules) {
        ZoneOffsetTransition jump = rules.getTransition(time);
        if (jump == null) {
            return List.of(time.atZone(zone).toInstant());
        }
        if (jump.isGap()) {
            return everyHour ? List.of() : List.of(jump.getInstant());
        }
        Instant first = time.toInstant(jump.getOffsetBefore());
        return everyHour ? List.of(first, time.toInstant(jump.getOffsetAfter())) : List.of(first);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron c && c.zone.equals(zone)
                && c.expression.getCronExpression().equals(expression.getCronExpression());
    }

    @Override
    public int hashCode() {
        return expression.getCronExpression().hashCode();
    }
}
