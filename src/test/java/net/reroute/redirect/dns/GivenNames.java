package net.reroute.redirect.dns;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Frontend.DnsName;
import net.reroute.core.Frontend.Lifetime;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import net.reroute.core.Zone;
import net.reroute.core.Zone.ZoneFile;

/** Names of the zone widgetco.example. */
public final class GivenNames {

    private GivenNames() {}

    public static Zone inFile(Path file, String... reload) {
        return new Zone("widgetco.example", List.of(), Optional.empty(),
                Optional.of(new ZoneFile(file, List.of(reload))));
    }

    /** A name with these services, each with one address. */
    public static Service name(String name, Zone zone, Map<String, String> addresses) {
        List<String> services = addresses.keySet().stream().sorted().toList();
        Map<String, List<Address>> records = new java.util.HashMap<>();
        addresses.forEach((service, address) -> records.put(service, List.of(Address.parse(address))));
        return new Service(name,
                new DnsName(zone, records, new Lifetime(Duration.ofMinutes(5), Duration.ofSeconds(30)),
                        Duration.ofSeconds(5)),
                services, List.of(), List.of(zone.device()),
                new Rules(Policy.ANY, services.size(), Choose.ORDERED, true, Duration.ofSeconds(1)), Optional.empty());
    }
}
