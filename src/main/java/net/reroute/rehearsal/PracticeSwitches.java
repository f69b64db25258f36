package net.reroute.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.Endpoint;
import net.reroute.core.Frontend.Switched;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.SwitchSpec;

/** The switches of a rehearsal: the real ones, at other ports, with simulated servers as their backends. */
final class PracticeSwitches {

    private PracticeSwitches() {}

    /** Those whose backends are all on servers of the inventory. */
    static Map<String, Service> rehearsable(Inventory of) {
        Map<String, Service> all = new LinkedHashMap<>(of.switches());
        all.values().removeIf(s -> s.servers().stream().anyMatch(b -> of.behind(s, b).isEmpty()));
        return all;
    }

    /** The same switches on loopback, at ports that are free. */
    static Map<String, Service> practised(Inventory of, Duration longestSoak) {
        Map<String, Service> all = new LinkedHashMap<>();
        of.switches().forEach((name, s) -> s.switched().ifPresent(there -> all.put(name,
                new Service(name, new Switched(elsewhere(there.spec()), there.servers()), s.servers(), s.checks(),
                        s.routers(), s.rules().soakingAtMost(longestSoak), s.takeover()))));
        return all;
    }

    private static SwitchSpec elsewhere(SwitchSpec s) {
        return new SwitchSpec(new Endpoint(Address.parse("127.0.0.1"), freePort()), s.backends(),
                s.choose(), s.weights(), s.retry(), s.last(), s.waits(), s.limits(), s.proxy(), s.names());
    }

    /** A port of this machine that nothing uses now. */
    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }
}
