package net.reroute.core;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An immutable map that shares most of its entries with its changed copies. Copying all entries would be too slow: with
 * ten thousand services the state changes many times a second.
 */
final class SharingMap<K, V> extends AbstractMap<K, V> {

    private static final int BUCKETS = 256;
    private static final SharingMap<Object, Object> EMPTY = new SharingMap<>(Collections.nCopies(BUCKETS, Map.of()), 0);

    private final List<Map<K, V>> buckets;
    private final int size;

    private SharingMap(List<Map<K, V>> buckets, int size) {
        this.buckets = buckets;
        this.size = size;
    }

    @SuppressWarnings("unchecked")
    static <K, V> SharingMap<K, V> empty() {
        return (SharingMap<K, V>) EMPTY;
    }

    static <K, V> SharingMap<K, V> of(Map<K, V> map) {
        if (map instanceof SharingMap<K, V> table) {
            return table;
        }
        SharingMap<K, V> all = empty();
        for (Map.Entry<K, V> entry : map.entrySet()) {
            all = all.with(entry.getKey(), entry.getValue());
        }
        return all;
    }

    private static int bucket(Object key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 8 ^ hash >>> 16 ^ hash >>> 24) & BUCKETS - 1;
    }

    /** A table with this entry. */
    SharingMap<K, V> with(K key, V value) {
        Map<K, V> bucket = new HashMap<>(buckets.get(bucket(key)));
        V before = bucket.put(key, Objects.requireNonNull(value));
        int grown = before == null ? size + 1 : size;
        return value.equals(before) ? this : exchanged(key, bucket, grown);
    }

    /** A table without this key. */
    SharingMap<K, V> without(K key) {
        Map<K, V> bucket = new HashMap<>(buckets.get(bucket(key)));
        return bucket.remove(key) == null ? this : exchanged(key, bucket, size - 1);
    }

    private SharingMap<K, V> exchanged(K key, Map<K, V> bucket, int size) {
        List<Map<K, V>> next = new ArrayList<>(buckets);
        next.set(bucket(key), Map.copyOf(bucket));
        return new SharingMap<>(next, size);
    }

    @Override
    public V get(Object key) {
        return buckets.get(bucket(key)).get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                return buckets.stream().flatMap(b -> b.entrySet().stream()).toList().iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
