package net.reroute.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Zone;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.dns.ZoneTrial;

/** Examines the zones of the inventory's names: can they be read, and changed? */
final class ZoneExam {

    private final Inventory inventory;
    private final Duration within;

    ZoneExam(Inventory inventory, Duration within) {
        this.inventory = inventory;
        this.within = within;
    }

    Set<Zone> zones() {
        Set<Zone> zones = new LinkedHashSet<>();
        inventory.names().values().forEach(n -> n.dnsName().ifPresent(d -> zones.add(d.zone())));
        return zones;
    }

    List<Finding> findings(Zone zone) {
        List<Finding> findings = new ArrayList<>();
        try {
            Optional<String> refused = ZoneTrial.of(zone, names(zone), within);
            refused.ifPresent(why -> findings.add(Finding.bad(zone.device(), why, allow(zone))));
            if (refused.isEmpty()) {
                findings.add(Finding.good(zone.device(), "can be read, and takes changes"));
            }
        } catch (RedirectException e) {
            findings.add(Finding.bad(zone.device(), e.getMessage(), byHand(zone)));
        }
        if (zone.key().isEmpty() && zone.file().isEmpty()) {
            findings.add(Finding.note(zone.device(), "is changed without a key: whoever has this machine's address may"
                    + " change the zone",
                    "make a key with 'tsig-keygen reroute', and write tsig: {name: reroute, key:"
                            + " {file: FILE}}"));
        }
        return findings;
    }

    private List<String> names(Zone zone) {
        return inventory.names().values().stream()
                .filter(n -> n.dnsName().filter(d -> d.zone().equals(zone)).isPresent())
                .map(Service::name).toList();
    }

    private static String allow(Zone zone) {
        return zone.file().isPresent()
                ? "give the daemon's user the right to write there"
                : "in BIND: update-policy { grant " + zone.key().map(Zone.Key::name).orElse("KEY")
                        + " name NAME A AAAA; };";
    }

    private static String byHand(Zone zone) {
        return zone.servers().isEmpty()
                ? ""
                : "try it by hand, with the key: dig -k KEYFILE +tcp @" + zone.servers().getFirst().address() + " -p "
                        + zone.servers().getFirst().port() + " " + zone.name() + " SOA";
    }
}
