package net.reroute.redirect.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import net.reroute.core.Endpoint;
import net.reroute.core.SwitchSpec;

/** Chooses a backend for a connection. Thread-safe; replaced as a whole when the settings change. */
final class Backends {

    private final SwitchSpec spec;
    private final Map<Endpoint, Backend> all = new LinkedHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<Backend, Integer> credit = new HashMap<>();

    /** @param before the backends until now; those that stay keep their connections and what is known of them */
    Backends(SwitchSpec spec, Optional<Backends> before, Function<Endpoint, InetSocketAddress> way) {
        this.spec = spec;
        spec.backends().forEach(e -> all.put(e,
                before.map(b -> b.all.get(e)).orElseGet(() -> new Backend(e, way))));
    }

    Collection<Backend> all() {
        return all.values();
    }

    /** Backends that get new connections; the others keep those that they have. */
    void allow(Collection<String> labels) {
        all.values().forEach(b -> b.allow(labels.contains(b.toString())));
    }

    /**
     * The backend for a connection.
     *
     * @param source address of the client
     * @param name server name of the TLS handshake; empty if there is none
     * @param tried backends that have failed for this connection
     */
    Optional<Backend> choose(InetAddress source, String name, Collection<Backend> tried) {
        List<Endpoint> named = spec.names().getOrDefault(name, spec.backends());
        List<Backend> able = named.stream().map(all::get)
                .filter(b -> b.isAllowed() && !b.isBad() && !tried.contains(b)).toList();
        if (able.size() < 2) {
            return able.stream().findFirst();
        }
        return Optional.of(switch (spec.choose()) {
            case IN_TURN -> able.getFirst();
            case ROUND_ROBIN -> able.get(Math.floorMod(turn.getAndIncrement(), able.size()));
            case LEAST -> able.stream().min(Comparator.comparingDouble(b -> b.active.get() / (double) weight(b)))
                    .orElseThrow();
            case WEIGHTED -> weighted(able);
            case SOURCE -> able.stream().max(Comparator.comparingDouble(b -> score(source, b))).orElseThrow();
        });
    }

    private int weight(Backend backend) {
        return spec.weight(backend.at);
    }

    /** Smooth weighted round robin, as in nginx: a heavy backend is not chosen many times in a row. */
    private synchronized Backend weighted(List<Backend> able) {
        int total = able.stream().mapToInt(this::weight).sum();
        able.forEach(b -> credit.merge(b, weight(b), Integer::sum));
        Backend best = able.stream().max(Comparator.comparingInt(b -> credit.getOrDefault(b, 0))).orElseThrow();
        credit.merge(best, -total, Integer::sum);
        return best;
    }

    /**
     * Weighted rendezvous hashing (Thaler and Ravishankar, 1998): when a backend fails, only its own clients go
     * elsewhere.
     */
    private double score(InetAddress source, Backend backend) {
        long hash = mixed(31L * java.util.Arrays.hashCode(source.getAddress()) + backend.at.hashCode());
        double unit = ((hash >>> 11) + 0.5) / (1L << 53);
        return -weight(backend) / Math.log(unit);
    }

    /** The finalizer of SplitMix64: near inputs give far outputs. */
    private static long mixed(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
