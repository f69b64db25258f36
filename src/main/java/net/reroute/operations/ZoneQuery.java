package net.reroute.operations;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.control.Controller;
import net.reroute.core.Decision;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Zone;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.ControllerAccess.ControllerSession;
import net.reroute.operations.ControllerAccess.Need;
import net.reroute.redirect.dns.ZoneListing;

/** Writes the text of a DNS zone. */
final class ZoneQuery {

    private final ControllerAccess access;

    ZoneQuery(ControllerAccess access) {
        this.access = access;
    }

    ZoneReport of(String name) throws RequestRefusedException, BadInventoryException, IOException {
        Inventory inventory = access.inventory();
        Zone zone = zones(inventory).get(new InventoryNames(inventory).zone(name, zones(inventory).keySet()));
        Set<String> names = inventory.names().values().stream().filter(s -> isIn(s, zone)).map(Service::name)
                .collect(Collectors.toSet());
        try (ControllerSession session = access.open(Need.of(names, false))) {
            Controller controller = session.controller();
            Snapshot now = controller.snapshot(Cause.of("dns zone"));
            List<Decision> listed = controller.decide(now).stream().filter(d -> names.contains(d.service().name()))
                    .map(d -> new Decision(d.service(), d.kind(), d.from(), listed(d, now), d.reason())).toList();
            return new ZoneReport(zone.name(), ZoneListing.of(zone, listed, now.times().now()));
        }
    }

    private static Map<String, Zone> zones(Inventory inventory) {
        return inventory.names().values().stream().flatMap(s -> s.dnsName().stream())
                .collect(Collectors.toMap(n -> n.zone().name(), n -> n.zone(), (a, b) -> a, LinkedHashMap::new));
    }

    private static boolean isIn(Service service, Zone zone) {
        return service.dnsName().filter(n -> n.zone().equals(zone)).isPresent();
    }

    /** A name that no name server has yet lists what can be reached, or else everything. */
    private static List<String> listed(Decision decision, Snapshot now) {
        if (!decision.to().isEmpty()) {
            return decision.to();
        }
        List<String> up = decision.service().servers().stream()
                .filter(s -> now.verdict(decision.service(), s).state() == State.UP)
                .limit(decision.service().rules().share()).toList();
        return up.isEmpty() ? decision.service().servers() : up;
    }
}
