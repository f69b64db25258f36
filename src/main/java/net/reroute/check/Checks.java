package net.reroute.check;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.Test;

/** The checks of an inventory, ready to run. */
public final class Checks implements AutoCloseable {

    private final InstantSource clock;
    private final Ways ways;
    private volatile Map<String, Check> byName = Map.of();
    private Pinger pinger;

    private Checks(InstantSource clock, Ways ways) {
        this.clock = clock;
        this.ways = ways;
    }

    /**
     * Makes them.
     *
     * @throws IOException if this machine cannot run one of them, with what to do
     */
    public static Checks of(Collection<CheckSpec> specs, InstantSource clock, Ways ways) throws IOException {
        Checks checks = new Checks(clock, ways);
        try {
            checks.use(specs);
            return checks;
        } catch (IOException e) {
            checks.close();
            throw e;
        }
    }

    /**
     * From now on it is these; those under way end as they began. Files they name, as the authorities to trust, are read
     * anew.
     *
     * @throws IOException if this machine cannot run one of them; then it is those of before
     */
    public synchronized void use(Collection<CheckSpec> specs) throws IOException {
        boolean pings = ways == Ways.DIRECT && specs.stream().anyMatch(s -> s.test() instanceof Test.Icmp);
        if (pings && pinger == null) {
            pinger = Pinger.open();
        }
        Map<String, Check> made = new HashMap<>();
        for (CheckSpec spec : specs) {
            made.put(spec.name(), make(spec));
        }
        byName = Map.copyOf(made);
    }

    private Check make(CheckSpec spec) throws IOException {
        Duration timeout = spec.timers().timeout();
        return switch (spec.test()) {
            case Test.Icmp(String to) -> pinger == null
                    ? new TcpCheck(to, TcpCheck.inPlaceOfPing(ways), timeout, clock)
                    : new IcmpCheck(to, timeout, pinger, clock);
            case Test.Tcp(String to) ->
                new TcpCheck(to.substring(0, to.lastIndexOf(':')), TcpCheck.to(to, ways), timeout,
                        clock);
            case Test.Http http -> new HttpCheck(http, ways, timeout, clock);
        };
    }

    /** Null if there is none of that name. */
    public Check named(String name) {
        return byName.get(name);
    }

    @Override
    public synchronized void close() {
        if (pinger != null) {
            pinger.close();
        }
    }
}
