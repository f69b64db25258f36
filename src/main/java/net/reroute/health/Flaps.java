package net.reroute.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.reroute.core.Target;

/**
 * Counts recent failures of servers that are UP. A server that fails every second check never fails often enough in a
 * row to be DOWN, but is not healthy either. Thread-safe for different targets.
 */
public final class Flaps {

    private static final int OF = 20;
    private static final int MANY = 5;
    private static final int ALL = (1 << OF) - 1;
    private static final Duration FIRST_REST = Duration.ofMinutes(10);
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    /**
     * @param failed how many of the last results were failures
     * @param of how many results were counted since the server is UP, 20 at most
     */
    public record Count(int failed, int of) {

        static final Count NONE = new Count(0, 0);

        /** True if it is more than an occasional lost packet. */
        public boolean isMuch() {
            return failed >= MANY;
        }

        @Override
        public String toString() {
            return failed + " of the last " + of + " checks";
        }
    }

    /**
     * @param failures one bit for each result, the newest lowest
     * @param told when it was last reported; null: not yet
     * @param rest time until the next report; longer each time
     */
    private record Window(int failures, int of, Instant told, Duration rest) {

        static final Window EMPTY = new Window(0, 0, null, FIRST_REST);

        Window with(boolean ok) {
            int more = (failures << 1 | (ok ? 0 : 1)) & ALL;
            boolean calm = of + 1 >= OF && more == 0;
            return new Window(more, Math.min(OF, of + 1), calm ? null : told, calm ? FIRST_REST : rest);
        }

        Window cleared() {
            return new Window(0, 0, told, rest);
        }

        Count count() {
            return new Count(Integer.bitCount(failures), of);
        }

        boolean isDue(Instant now) {
            return count().isMuch() && (told == null || !now.isBefore(told.plus(rest)));
        }

        Window told(Instant now) {
            Duration twice = rest.multipliedBy(2);
            Duration longer = twice.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : twice;
            return new Window(failures, of, now, told == null ? FIRST_REST : longer);
        }
    }

    private final Map<Target, Window> windows = new ConcurrentHashMap<>();

    void note(Target target, boolean ok) {
        windows.compute(target, (t, w) -> (w == null ? Window.EMPTY : w).with(ok));
    }

    /** Called when the state changes: earlier results no longer count. */
    void clear(Target target) {
        windows.computeIfPresent(target, (t, w) -> w.cleared());
    }

    Count count(Target target) {
        Window window = windows.get(target);
        return window == null ? Count.NONE : window.count();
    }

    /** The count, if it is high and was not reported recently. It then counts as reported. */
    Optional<Count> due(Target target, Instant now) {
        Window window = windows.get(target);
        if (window == null || !window.isDue(now)) {
            return Optional.empty();
        }
        windows.put(target, window.told(now));
        return Optional.of(window.count());
    }

    /** Discards the counts of all other targets. */
    void keepOnly(Predicate<Target> wanted) {
        windows.keySet().removeIf(wanted.negate());
    }
}
