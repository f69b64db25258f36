package net.reroute.playbook;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How often the same may start in a while; what starts again and again is probably its own cause. */
final class StartLimit {

    static final int MOST = 5;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private final Map<String, Deque<Long>> starts = new HashMap<>();
    private long tidied = System.nanoTime();

    /** Counts a start of this. Returns how many that makes within the time, this one among them. */
    synchronized int count(String key) {
        long now = System.nanoTime();
        Deque<Long> recent = starts.computeIfAbsent(key, k -> new ArrayDeque<>());
        recent.removeIf(at -> isOld(at, now));
        if (isOld(tidied, now)) { // not each time: ten thousand may come at once
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
