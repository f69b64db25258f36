package net.reroute.playbook;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the starts of a playbook for a subject within a time: one that starts again and again is probably its own
 * cause. Safe for many threads.
 */
final class StartLimit {

    static final int MOST = 5;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private final Map<String, Deque<Long>> starts = new HashMap<>();
    private long tidied = System.nanoTime();

    /** Counts a start. Returns the number of starts within {@link #WITHIN}, this one included. */
    synchronized int count(String key) {
        long now = System.nanoTime();
        Deque<Long> recent = starts.computeIfAbsent(key, k -> new ArrayDeque<>());
        recent.removeIf(at -> isOld(at, now));
        if (isOld(tidied, now)) { // not each time: ten thousand starts may come at once
            tidied = now;
            starts.values().removeIf(d -> d != recent && (d.isEmpty() || isOld(d.getLast(), now)));
        }
        recent.add(now);
        return recent.size();
    }

    private static boolean isOld(long at, long now) {
        return now - at > WITHIN.toNanos();
    }
}
