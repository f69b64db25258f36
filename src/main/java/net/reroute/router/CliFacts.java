package net.reroute.router;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.router.CliReader.Config;

/**
 * What a router with a command line shows to one who only looks.
 *
 * @param reverts whether planned changes can go back by themselves
 * @param written lines of its configuration, by prefix
 * @param used next hops of its table, by prefix
 * @param strange lines of its configuration that its dialect does not understand
 * @param nowhere next hops it knows no way to
 */
public record CliFacts(boolean reverts, Map<Prefix, List<String>> written, Map<Prefix, List<Address>> used,
        List<String> strange, List<Address> nowhere) {

    /** Looks, and changes nothing. */
    public static CliFacts of(RouterSpec spec, Collection<Prefix> prefixes, Collection<Address> hops, Duration within)
            throws RouterException {
        try (CliSession session = CliSession.open(spec, within, new Transcript(spec.name()))) {
            CliFacts facts = new CliFacts(session.usesRevert(), new LinkedHashMap<>(), new LinkedHashMap<>(),
                    new ArrayList<>(), new ArrayList<>());
            for (boolean v6 : List.of(false, true)) {
                List<Prefix> asked = CliReader.ofFamily(prefixes, v6);
                Optional<Family> family = spec.cli().orElseThrow().dialect().family(v6);
                if (!asked.isEmpty() && family.isPresent()) {
                    facts.look(session, spec, family.get(), asked);
                    facts.ways(session, spec, family.get(), hops.stream().filter(h -> h.v6() == v6).toList());
                }
            }
            return facts;
        }
    }

    private void look(CliSession session, RouterSpec spec, Family family, List<Prefix> asked) throws RouterException {
        Map<String, String> values = CliLook.values(spec);
        var table = CliReader.table(session.show(family.table().fill(values)), family.route());
        Config config = CliReader.config(session.show(family.config().fill(values)), family,
                spec.cli().orElseThrow().dialect().writing().words(), spec.table());
        strange.addAll(config.strange());
        for (Prefix prefix : asked) {
            written.put(prefix, config.of(prefix).stream().flatMap(r -> r.lines().stream()).toList());
            used.put(prefix, Optional.ofNullable(table.get(prefix)).map(CliReader.Shown::hops).orElse(List.of()));
        }
    }

    private void ways(CliSession session, RouterSpec spec, Family family, List<Address> hops) throws RouterException {
        for (Address hop : hops) {
            Map<String, String> values = CliLook.values(spec);
            values.put("address", hop.toString());
            if (CliReader.table(session.show(family.lookup().fill(values)), family.found()).isEmpty()) {
                nowhere.add(hop);
            }
        }
    }
}
