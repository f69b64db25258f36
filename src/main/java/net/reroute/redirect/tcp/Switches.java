package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.reroute.core.Endpoint;
import net.reroute.core.SwitchSpec;

/**
 * The running switches of this process. They outlive sessions and reloads: connections go on whatever is decided.
 * Thread-safe.
 */
public final class Switches implements AutoCloseable {

    private final Map<String, TcpSwitch> running = new LinkedHashMap<>();
    private final Function<Endpoint, InetSocketAddress> way;

    /** @param way the socket address of a backend */
    public Switches(Function<Endpoint, InetSocketAddress> way) {
        this.way = way;
    }

    /**
     * The switch of this name with these settings; started if it does not run.
     *
     * @throws IOException if it cannot listen there; the message says why
     */
    public synchronized TcpSwitch running(String name, SwitchSpec spec) throws IOException {
        TcpSwitch there = running.get(name);
        if (there == null) {
            running.put(name, TcpSwitch.start(name, spec, way));
        } else {
            there.use(spec);
        }
        return running.get(name);
    }

    /** Ends the other switches: they take no more connections, and those that are there go on to their end. */
    public synchronized void keepOnly(Collection<String> names) {
        running.entrySet().removeIf(e -> {
            boolean over = !names.contains(e.getKey());
            if (over) {
                e.getValue().retire();
            }
            return over;
        });
    }

    /** What a switch does now; empty if it does not run. */
    public synchronized Optional<SwitchReport> report(String name) {
        return Optional.ofNullable(running.get(name)).map(TcpSwitch::report);
    }

    /** Ends all switches and their connections. */
    @Override
    public synchronized void close() {
        running.values().forEach(TcpSwitch::close);
        running.clear();
    }
}
