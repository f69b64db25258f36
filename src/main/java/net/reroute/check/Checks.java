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

/** The checks of an inventory, ready to run. Thread-safe. */
public final class Checks implements AutoCloseable {

    private final InstantSource clock;
    private final CheckConnector connector;
    private final CheckSockets sockets = new CheckSockets();
    private volatile Map<String, Check> byName = Map.of();
    private Pinger pinger;

    private Checks(InstantSource clock, CheckConnector connector) {
        this.clock = clock;
        this.connector = connector;
    }

    /**
     * Makes the checks of an inventory.
     *
     * @throws IOException if this machine cannot run one of them; the message says what to do
     */
    public static Checks of(Inventory inventory, InstantSource clock, CheckConnector connector) throws IOException {
        return of(clock, connector, checks -> checks.use(inventory));
    }

    /**
     * Makes checks that connect from this machine only.
     *
     * @throws IOException if this machine cannot run one of them; the message says what to do
     */
    public static Checks of(Collection<CheckSpec> specs, InstantSource clock, CheckConnector connector)
            throws IOException {
        return of(clock, connector, checks -> checks.use(specs));
    }

    private interface Filling {
        void fill(Checks checks) throws IOException;
    }

    private static Checks of(InstantSource clock, CheckConnector connector, Filling filling) throws IOException {
        Checks checks = new Checks(clock, connector);
        try {
            filling.fill(checks);
            return checks;
        } catch (IOException e) {
            checks.close();
            throw e;
        }
    }

    /**
     * Replaces the checks by those of an inventory. Runs in progress end unchanged, and logins to servers stay open.
     * Files that checks name, such as certificate authorities, are read again.
     *
     * @throws IOException if this machine cannot run one of them; then nothing changes
     */
    public void use(Inventory inventory) throws IOException {
        use(inventory.checks().values());
        Map<Address, Login> logins = new HashMap<>();
        inventory.servers().values().forEach(s -> s.login().ifPresent(l -> logins.put(s.address(), l)));
        sockets.use(logins);
    }

    private synchronized void use(Collection<CheckSpec> specs) throws IOException {
        boolean pings = connector == CheckConnector.DIRECT
                && specs.stream().anyMatch(s -> s.test() instanceof Test.Icmp);
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
        return switch (spec.test()) {
            case Test.Icmp(String to) -> pinger == null
                    ? new TcpCheck(to, a -> connector.inPlaceOfPing(a).orElseThrow(), spec.timers(), sockets, clock)
                    : new IcmpCheck(to, spec.timers().timeout(), pinger, clock);
            case Test.Tcp tcp ->
                new TcpCheck(tcp.host(), a -> connector.connect(a, tcp.port()), spec.timers(), sockets, clock);
            case Test.Http http -> new HttpCheck(http, connector, spec.timers(), sockets, clock);
        };
    }

    /** The check with this name; null if there is none. */
    public Check named(String name) {
        return byName.get(name);
    }

    @Override
    public synchronized void close() {
        sockets.close();
        if (pinger != null) {
            pinger.close();
        }
    }
}
