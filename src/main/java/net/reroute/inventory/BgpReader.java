package net.reroute.inventory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.BgpSites;
import net.reroute.core.Frontend.Announced;
import net.reroute.core.Names;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;

/** Reads a service that sites announce by BGP. */
final class BgpReader {

    private static final List<String> OTHERS = List.of("servers", "routers", "choose", "policy", "fallback", "port",
            "weights", "sticky", "forward", "interface", "announce", "refresh", "fence", "restore-after",
            "before-takeover", "after-takeover");

    private final Sections sections;
    private final Map<String, RouterSpec> routers;

    /** @param routers that were read without mistakes */
    BgpReader(Sections sections, Map<String, RouterSpec> routers) {
        this.sections = sections;
        this.routers = routers;
    }

    Optional<Service> read(String name, Fields fields, Optional<Prefix> prefix, List<String> checks) {
        OTHERS.stream().filter(fields::has).forEach(k -> fields.problem(k, "'" + k + "' says nothing of announcements;"
                + " take it away. The servers of each site stand in 'speakers'"));
        int before = fields.problems().count();
        Map<String, List<String>> sites = fields.lists("speakers");
        if (sites.isEmpty() && fields.problems().count() == before) {
            fields.problem("speakers",
                    fields.what() + " needs 'speakers: {edge1: [host1], edge2: [host2]}': the router of"
                            + " each site that speaks BGP, and the servers there");
        }
        sites.forEach((speaker, servers) -> site(fields, speaker, servers));
        Map<String, RouterSpec> speakers = new LinkedHashMap<>();
        sites.keySet().stream().filter(routers::containsKey).forEach(s -> speakers.put(s, routers.get(s)));
        int share = RulesReader.share(fields, "share", Math.max(1, sites.size()), sites.size(), "sites");
        Rules rules = RulesReader.read(fields, Policy.ANY, share, Choose.ORDERED);
        BgpSites bgp = new BgpSites(speakers, fields.duration("settle", Duration.ofSeconds(2)));
        Optional<Address> address = fields.value("address", Address::parse);
        return prefix.filter(p -> !sites.isEmpty()).map(p -> new Service(name,
                new Announced(p, address.orElse(p.firstUsable()), sites, bgp), List.copyOf(sites.keySet()), checks,
                List.of("bgp:" + name), rules, Optional.empty()));
    }

    private void site(Fields fields, String speaker, List<String> servers) {
        if (!sections.mayHave("routers", speaker)) {
            fields.problem("speakers", "unknown router '" + speaker + "'"
                    + Names.didYouMean(speaker, sections.names("routers")));
        } else if (routers.containsKey(speaker) && routers.get(speaker).cli().isPresent()) {
            fields.problem("speakers", "the speaker " + speaker + " speaks " + routers.get(speaker).dialect() + ";"
                    + " announcements are typed by FRR's vtysh from a shell, so its dialect is linux");
        }
        if (servers.isEmpty()) {
            fields.problem("speakers", "the site of " + speaker + " has no servers");
        }
        servers.stream().filter(s -> !sections.mayHave("servers", s)).forEach(s -> fields.problem("speakers",
                "unknown server '" + s + "'" + Names.didYouMean(s, sections.names("servers"))));
    }
}
