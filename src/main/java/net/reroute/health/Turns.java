package net.reroute.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.reroute.core.Durations;
import net.reroute.core.Target;

/** Counts how often servers turned UP or DOWN lately: a server that turns again and again flaps. Thread-safe. */
public final class Turns {

    /** Turns older than this do not count. */
    public static final Duration WITHIN = Duration.ofMinutes(10);
    /** DOWN, UP and DOWN again: one outage has two turns, so three are more than one. */
    public static final int MANY = 3;
    /** No reader needs a higher count. */
    private static final int MOST = 100;

    private final Map<Target, Deque<Instant>> turns = new ConcurrentHashMap<>();

    /** For people: that so many are too many. */
    public static String flapping(int turns) {
        return "flapping: " + turns + " changes in " + Durations.text(WITHIN);
    }

    /** Returns how often it turned lately, this time included. */
    int note(Target target, Instant at) {
        Deque<Instant> of = turns.computeIfAbsent(target, t -> new ArrayDeque<>());
        synchronized (of) {
            of.addLast(at);
            while (of.size() > MOST) {
                of.removeFirst();
            }
            return recent(of, at);
        }
    }

    /** How often the target turned within the last ten minutes. */
    int count(Target target, Instant now) {
        Deque<Instant> of = turns.get(target);
        if (of == null) {
            return 0;
        }
        synchronized (of) {
            return recent(of, now);
        }
    }

    private static int recent(Deque<Instant> of, Instant now) {
        while (!of.isEmpty() && of.getFirst().isBefore(now.minus(WITHIN))) {
            of.removeFirst();
        }
        return of.size();
    }

    void keepOnly(Predicate<Target> wanted) {
        turns.keySet().removeIf(wanted.negate());
    }
}
