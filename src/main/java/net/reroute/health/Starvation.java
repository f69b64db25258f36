package net.reroute.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.Target;

/**
 * Failures long after the deadline mean that this process lacked CPU, and say nothing about the server. Up to
 * {@code fall} of them in a row are ignored.
 */
final class Starvation {

    private static final Duration LATE = Duration.ofMillis(10);

    private final Map<Target, Integer> inARow = new ConcurrentHashMap<>();

    /** True if the result must be ignored. */
    boolean is(Target target, CheckResult result, CheckSpec.Timers timers) {
        Duration late = timers.timeout().plus(timers.timeout().dividedBy(2)).plus(LATE);
        if (result.ok() || result.took().compareTo(late) <= 0) {
            inARow.remove(target);
            return false;
        }
        return inARow.merge(target, 1, Integer::sum) <= timers.fall();
    }

    void keepOnly(Predicate<Target> wanted) {
        inARow.keySet().removeIf(wanted.negate());
    }

    void clear() {
        inARow.clear();
    }
}
