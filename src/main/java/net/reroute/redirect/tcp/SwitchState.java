package net.reroute.redirect.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import net.reroute.core.Endpoint;
import net.reroute.core.SwitchSpec;

/** What all threads of a switch share: settings, backends, counters. Thread-safe. */
final class SwitchState {

    final AtomicInteger active = new AtomicInteger();
    final LongAdder taken = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder lastWords = new LongAdder();
    final LongAdder toBackends = new LongAdder();
    final LongAdder toClients = new LongAdder();
    /** Bytes that are kept for slow readers. */
    final AtomicLong kept = new AtomicLong();
    private final ConcurrentHashMap<InetAddress, Integer> sources = new ConcurrentHashMap<>();
    private final Function<Endpoint, InetSocketAddress> way;
    private volatile Consumer<String> watcher = what -> {
    };
    private volatile SwitchSpec spec;
    private volatile Backends backends;

    /** @param way the socket address of a backend */
    SwitchState(SwitchSpec spec, Function<Endpoint, InetSocketAddress> way) {
        this.way = way;
        use(spec);
    }

    /** Connections that are there keep their backends. */
    synchronized void use(SwitchSpec next) {
        backends = new Backends(next, Optional.ofNullable(backends), way);
        spec = next;
    }

    /** Receives what happens to backends, on the threads of the switch: it must not wait. Replaces the one before. */
    void watch(Consumer<String> told) {
        watcher = told;
    }

    void tell(String what) {
        watcher.accept(what);
    }

    SwitchSpec spec() {
        return spec;
    }

    Backends backends() {
        return backends;
    }

    boolean isFull() {
        return active.get() >= spec.limits().most();
    }

    /** Counts a connection of this client. Returns false if it has too many. */
    boolean enter(InetAddress source) {
        int most = spec.limits().perSource();
        if (most == 0) {
            return true;
        }
        boolean[] within = new boolean[1];
        sources.compute(source, (s, n) -> {
            int now = n == null ? 0 : n;
            within[0] = now < most;
            return within[0] ? Integer.valueOf(now + 1) : n;
        });
        return within[0];
    }

    void leave(InetAddress source) {
        sources.computeIfPresent(source, (s, n) -> n == 1 ? null : n - 1);
    }
}
