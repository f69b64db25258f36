package net.reroute.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.reroute.core.Target;

/**
 * Counts the last results of servers that are UP. One that fails every second check never fails often enough in a row to be
 * DOWN, and must not pass for sound.
 */
public final class Flaps {

    private static final int OF = 20;
    private static final int MANY = 5;
    private static final int ALL = (1 << OF) - 1;
    private static final Duration FIRST_REST = Duration.ofMinutes(10);
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    /**
     * @param failed so many
     * @param of the last so many results, 20 at most, since the server is UP
     */
    public record Count(int failed, int of) {

        static final Count NONE = new Count(0, 0);

        /** More than a lost packet now and then. */
        public boolean isMuch() {
            return failed >= MANY;
        }

        @Override
        public String toString() {
            return failed + " of the last " + of + " checks";
        }
    }

    /**
     * @param failures a bit for each result, the newest lowest
     * @param told when it was last told; null = not yet
     * @param rest until it is told again: longer each time, while it goes on
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

    /** What came before a change of state is of no interest after it. */
    void clear(Target target) {
        windows.computeIfPresent(target, (t, w) -> w.cleared());
    }

    Count count(Target target) {
        Window window = windows.get(target);
        return window == null ? Count.NONE : window.count();
    }

    /** The count, where it is much and was not told a short while ago. */
    Optional<Count> due(Target target, Instant now) {
        Window window = windows.get(target);
        if (window == null || !window.isDue(now)) {
            return Optional.empty();
        }
        windows.put(target, window.told(now));
        return Optional.of(window.count());
    }

    /** Forgets what was counted of all others. */
    void keepOnly(Predicate<Target> wanted) {
        windows.keySet().removeIf(wanted.negate());
    }
}
