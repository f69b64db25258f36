package net.reroute.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** Token buckets, one for each key. Thread-safe. */
final class RateLimit {

    private static final int MOST = 10_000;
    private static final double NANOS = 1e9;

    private record Bucket(double level, long at) {}

    private final double each;
    private final double burst;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param each how many in a second, for long
     * @param burst how many at once
     */
    RateLimit(double each, double burst) {
        this.each = each;
        this.burst = burst;
    }

    /** Takes one; false if there is none. */
    boolean take(String key) {
        return take(key, System.nanoTime());
    }

    synchronized boolean take(String key, long now) {
        Bucket bucket = buckets.getOrDefault(key, new Bucket(burst, now));
        double level = Math.min(burst, bucket.level + (now - bucket.at) / NANOS * each);
        boolean granted = level >= 1;
        buckets.put(key, new Bucket(granted ? level - 1 : level, now));
        if (buckets.size() > MOST) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return granted;
    }
}
