package net.reroute.check;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.Test;
import net.reroute.core.Inventory;
import net.reroute.core.Login;

/** The checks of an inventory, ready to run. */
public final class Checks implements AutoCloseable {

    private final Map<String, Check> byName = new HashMap<>();
    private final Pinger pinger;
    private final Ways ways;
    private final Roads roads;

    private Checks(Pinger pinger, Ways ways, Roads roads) {
        this.pinger = pinger;
        this.ways = ways;
        this.roads = roads;
    }

    /**
     * Makes them, for servers that can be logged in to where that is needed.
     *
     * @throws IOException if this machine cannot run one of them, with what to do
     */
    public static Checks of(Inventory inventory, InstantSource clock, Ways ways) throws IOException {
        Map<Address, Login> logins = new HashMap<>();
        inventory.servers().values().forEach(s -> s.login().ifPresent(l -> logins.put(s.address(), l)));
        return of(inventory.checks().values(), clock, ways, new Roads(logins));
    }

    /**
     * Makes them; whatever they ask, they ask from here.
     *
     * @throws IOException if this machine cannot run one of them, with what to do
     */
    public static Checks of(Collection<CheckSpec> specs, InstantSource clock, Ways ways) throws IOException {
        return of(specs, clock, ways, new Roads(Map.of()));
    }

    private static Checks of(Collection<CheckSpec> specs, InstantSource clock, Ways ways, Roads roads)
            throws IOException {
        boolean pings = ways == Ways.DIRECT && specs.stream().anyMatch(s -> s.test() instanceof Test.Icmp);
        Checks checks = new Checks(pings ? Pinger.open() : null, ways, roads);
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
        return switch (spec.test()) {
            case Test.Icmp(String to) -> pinger == null
                    ? new TcpCheck(to, a -> ways.inPlaceOfPing(a).orElseThrow(), spec.timers(), roads, clock)
                    : new IcmpCheck(to, spec.timers().timeout(), pinger, clock);
            case Test.Tcp tcp ->
                new TcpCheck(tcp.host(), a -> ways.connect(a, tcp.port()), spec.timers(), roads, clock);
            case Test.Http http -> new HttpCheck(http, ways, spec.timers(), roads, clock);
        };
    }

    public Check named(String name) {
        return byName.get(name);
    }

    @Override
    public void close() {
        roads.close();
        if (pinger != null) {
            pinger.close();
        }
    }
}
