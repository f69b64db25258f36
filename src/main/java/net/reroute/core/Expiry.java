package net.reroute.core;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Warnings about certificates that expire soon. */
public final class Expiry {

    private static final Duration NEAR = Duration.ofDays(14);

    private Expiry() {}

    /** The warning for the certificate that the last run of a check saw. */
    public static Optional<String> warning(Health health, Instant now) {
        return health.last() == null ? Optional.empty() : warning(health.last().certificateUntil(), now);
    }

    /** A clause if 14 days or less are left; otherwise empty. */
    public static Optional<String> warning(Optional<Instant> until, Instant now) {
        return until.filter(u -> u.isBefore(now.plus(NEAR)))
                .map(u -> (u.isAfter(now) ? "expires" : "expired") + " on " + u.atZone(ZoneOffset.UTC).toLocalDate()
                        + left(Duration.between(now, u)));
    }

    private static String left(Duration time) {
        if (!time.isPositive()) {
            return "";
        }
        long days = time.toDays();
        String count = days == 1 ? "1 day" : days + " days";
        return days < 1 ? ", within a day" : ", in " + count;
    }
}
