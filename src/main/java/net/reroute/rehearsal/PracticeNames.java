package net.reroute.rehearsal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Frontend.DnsName;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Zone;
import net.reroute.core.Zone.NameServer;
import net.reroute.simulation.SimulatedNameServer;

/** The simulated name servers of a rehearsal, one for each zone. At first every name lists all of its services. */
final class PracticeNames implements AutoCloseable {

    private final Map<String, SimulatedNameServer> zones = new LinkedHashMap<>();

    void start(Inventory real, SimulatedDevice.Typed typed) throws IOException {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        real.names().values().forEach(s -> s.dnsName().ifPresent(n -> lines
                .computeIfAbsent(n.zone().name(), z -> new ArrayList<>()).addAll(records(s, n))));
        for (Map.Entry<String, List<String>> zone : lines.entrySet()) {
            zones.put(zone.getKey(), SimulatedNameServer.start(zone.getKey(), zone.getValue(),
                    line -> typed.line("dns:" + zone.getKey(), line)));
        }
    }

    private static List<String> records(Service service, DnsName name) {
        return service.servers().stream().limit(service.rules().share())
                .flatMap(s -> name.records().getOrDefault(s, List.of()).stream())
                .map(a -> service.name() + " " + name.lives().whole().toSeconds() + " " + type(a) + " " + a).toList();
    }

    private static String type(Address address) {
        return address.v6() ? "AAAA" : "A";
    }

    /** The names of an inventory, in the simulated zones. */
    Map<String, Service> practised(Inventory of, Duration longestSoak) {
        Map<String, Service> names = new LinkedHashMap<>();
        of.names().forEach((key, s) -> s.dnsName().filter(n -> zones.containsKey(n.zone().name()))
                .ifPresent(n -> names.put(key, practised(s, n, longestSoak))));
        return names;
    }

    private Service practised(Service s, DnsName name, Duration longestSoak) {
        NameServer here = new NameServer(Address.parse("127.0.0.1"), zones.get(name.zone().name()).port());
        Zone zone = new Zone(name.zone().name(), List.of(here), Optional.empty(), Optional.empty());
        return new Service(s.name(), new DnsName(zone, name.records(), name.lives(), name.patience()), s.servers(),
                s.checks(), s.routers(), s.rules().soakingAtMost(longestSoak), Optional.empty());
    }

    @Override
    public void close() throws IOException {
        for (SimulatedNameServer zone : zones.values()) {
            zone.close();
        }
    }
}
