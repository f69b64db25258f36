package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.ConfigReader.Config;
import net.reroute.redirect.route.router.RouterException;

/**
 * What a router with a command line shows. Reading this changes nothing.
 *
 * @param reverts true if planned changes revert by themselves unless kept
 * @param written lines of the configuration, by prefix
 * @param used next hops in the table, by prefix
 * @param strange lines of table and configuration that are not understood and may concern these prefixes
 * @param nowhere next hops that the router has no route to
 */
public record CliFacts(boolean reverts, Map<Prefix, List<String>> written, Map<Prefix, List<Address>> used,
        List<String> strange, List<Address> nowhere) {

    /** Logs in, looks, and logs out. Changes nothing. {@code within} is the deadline for the login only. */
    public static CliFacts of(RouterSpec spec, Collection<Prefix> prefixes, Collection<Address> hops, Duration within)
            throws RouterException {
        try (CliSession session = CliLogin.open(spec, within, new Transcript(spec.name()))) {
            CliFacts facts = new CliFacts(session.revertsPlanned(), new LinkedHashMap<>(), new LinkedHashMap<>(),
                    new ArrayList<>(), new ArrayList<>());
            ShowCommands show = new ShowCommands(spec, session);
            for (boolean v6 : List.of(false, true)) {
                List<Prefix> asked = CliReader.ofFamily(prefixes, v6);
                if (!asked.isEmpty() && spec.cli().orElseThrow().dialect().family(v6).isPresent()) {
                    facts.take(show, v6, asked);
                    facts.ways(show, hops.stream().filter(h -> h.v6() == v6).toList());
                }
            }
            return facts;
        }
    }

    private void take(ShowCommands show, boolean v6, List<Prefix> asked) throws RouterException {
        TableReader.Table table = show.table(v6);
        Config config = show.config(v6);
        strange.addAll(config.strange());
        for (Prefix prefix : asked) {
            table.strange(prefix).ifPresent(strange::add);
            written.put(prefix, config.of(prefix).stream().flatMap(r -> r.lines().stream()).toList());
            used.put(prefix, Optional.ofNullable(table.routes().get(prefix)).map(TableReader.ShownRoute::hops)
                    .orElse(List.of()));
        }
    }

    private void ways(ShowCommands show, List<Address> hops) throws RouterException {
        for (Address hop : hops) {
            if (show.way(hop).isEmpty()) {
                nowhere.add(hop);
            }
        }
    }
}
