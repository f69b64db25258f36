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

    private final Map<String, Check> byName = new HashMap<>();
    private final Pinger pinger;
    private final Ways ways;

    private Checks(Pinger pinger, Ways ways) {
        this.pinger = pinger;
        this.ways = ways;
    }

    /**
     * Makes them.
     *
     * @throws IOException if this machine cannot run one of them, with what to do
     */
    public static Checks of(Collection<CheckSpec> specs, InstantSource clock, Ways ways) throws IOException {
        boolean pings = ways == Ways.DIRECT && specs.stream().anyMatch(s -> s.test() instanceof Test.Icmp);
        Checks checks = new Checks(pings ? Pinger.open() : null, ways);
        try {
            for (CheckSpec spec : specs) {
                checks.byName.put(spec.name(), checks.make(spec, clock));
            }
            return checks;
        } catch (IOException e) {
            checks.close();
            throw e;
        }
    }

    private Check make(CheckSpec spec, InstantSource clock) throws IOException {
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

    public Check named(String name) {
        return byName.get(name);
    }

    @Override
    public void close() {
        if (pinger != null) {
            pinger.close();
        }
    }
}
