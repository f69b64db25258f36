package net.reroute.inventory;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.BgpSites;
import net.reroute.core.BgpSites.Worse;
import net.reroute.core.Endpoint;
import net.reroute.core.Frontend.Announced;
import net.reroute.core.GobgpSpec;
import net.reroute.core.Names;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a service that sites announce by BGP. */
final class BgpReader {

    private static final List<String> OTHERS = List.of("servers", "routers", "choose", "policy", "fallback", "port",
            FlowReader.KEY,
            "weights", "sticky", "forward", "patience", "interface", "announce", "refresh", "fence", "restore-after",
            "before-takeover", "after-takeover");

    /** Keys of a service that only announcements have. */
    static final List<String> KEYS = List.of("speakers", "settle", "worse", "route-map", "vantage");

    private final Sections sections;
    private final Map<String, RouterSpec> routers;

    /** @param routers and other speakers that were read without mistakes */
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
        prefix.ifPresent(p -> speakers.values().forEach(s -> family(fields, s, p)));
        int share = RulesReader.share(fields, "share", Math.max(1, sites.size()), sites.size(), "sites");
        Rules rules = RulesReader.read(fields, Policy.ANY, share, Choose.ORDERED);
        BgpSites bgp = new BgpSites(speakers, fields.duration("settle", Duration.ofSeconds(2)), worse(fields),
                fields.value("route-map", BgpReader::routeMap).orElse(""), vantage(fields, sites.keySet()));
        Optional<Address> address = fields.value("address", Address::parse);
        address.filter(a -> prefix.isPresent() && !prefix.get().contains(a)).ifPresent(
                a -> fields.problem("address", "'address' " + a + " is not in the prefix " + prefix.get()));
        return prefix.filter(p -> !sites.isEmpty()).map(p -> new Service(name,
                new Announced(p, address.orElse(p.firstUsable()), sites, bgp), List.copyOf(sites.keySet()), checks,
                List.of("bgp:" + name), rules, Optional.empty()));
    }

    private void site(Fields fields, String speaker, List<String> servers) {
        if (!sections.mayHave("routers", speaker) && !sections.mayHave("speakers", speaker)) {
            Set<String> known = new HashSet<>(sections.names("routers"));
            known.addAll(sections.names("speakers"));
            fields.problem("speakers", "unknown router or speaker '" + speaker + "'"
                    + Names.didYouMean(speaker, known));
        }
        Optional.ofNullable(routers.get(speaker)).flatMap(BgpReader::unfit)
                .ifPresent(why -> fields.problem("speakers", "the speaker " + speaker + " " + why));
        if (servers.isEmpty()) {
            fields.problem("speakers", "the site of " + speaker + " has no servers");
        }
        servers.stream().filter(s -> !sections.mayHave("servers", s)).forEach(s -> fields.problem("speakers",
                "unknown server '" + s + "'" + Names.didYouMean(s, sections.names("servers"))));
    }

    /** Why nothing can be announced there; empty if it can. */
    private static Optional<String> unfit(RouterSpec router) {
        if (router.table().isPresent()) {
            return Optional.of("has a routing table of its own (" + router.table().get() + "); announcements are made"
                    + " in the main one");
        }
        return router.cli().filter(c -> c.dialect().bgp().isEmpty()).map(c -> "speaks " + router.dialect() + ", and"
                + " that dialect does not say how BGP is configured; add 'bgp:' to routers/" + router.dialect()
                + ".yaml, or use another speaker");
    }

    private void family(Fields fields, RouterSpec speaker, Prefix prefix) {
        boolean v6 = prefix.network().v6();
        boolean cannot = speaker.cli().flatMap(c -> c.dialect().bgp()).filter(b -> b.family(v6).isEmpty()).isPresent()
                || speaker.appliance().filter(a -> a instanceof GobgpSpec g && g.nextHop().v6() != v6).isPresent();
        if (cannot) {
            fields.problem("speakers", "the speaker " + speaker.name() + " cannot announce " + prefix + ": it is for "
                    + (v6 ? "IPv4" : "IPv6"));
        }
    }

    // ---- how -----------------------------------------------------------------------------------------------------

    private static Set<Worse> worse(Fields fields) {
        Set<Worse> ways = EnumSet.noneOf(Worse.class);
        fields.words("worse").forEach(w -> fields.parsedAs("worse", w, text -> FieldValues.choice("worse", text,
                Worse.class)).ifPresent(ways::add));
        return ways.isEmpty() ? EnumSet.allOf(Worse.class) : ways;
    }

    private static String routeMap(String text) {
        if (!text.matches("[A-Za-z0-9_.-]{1,60}") || text.startsWith("reroute")) {
            throw new IllegalArgumentException("'" + text + "' is not the name of a route-map of yours");
        }
        return text;
    }

    private Optional<RouterSpec> vantage(Fields fields, Set<String> speakers) {
        Optional<String> name = fields.text("vantage");
        name.filter(speakers::contains).ifPresent(n -> fields.problem("vantage", "the vantage " + n
                + " is one of the speakers; it shows what others hear only if it is another router"));
        name.filter(n -> !sections.mayHave("routers", n)).ifPresent(n -> fields.problem("vantage",
                "unknown router '" + n + "'" + Names.didYouMean(n, sections.names("routers"))));
        Optional<RouterSpec> vantage = name.map(routers::get);
        vantage.flatMap(BgpReader::unfit).ifPresent(why -> fields.problem("vantage", name.get() + " " + why));
        return vantage;
    }

    // ---- speakers that are no routers ----------------------------------------------------------------------------

    /** Reads an entry of {@code speakers:}. */
    static Optional<RouterSpec> speaker(ProblemList problems, Sections sections, String name, Node node) {
        if (sections.names("routers").contains(name)) {
            problems.at(node, "'" + name + "' is a router already; name the speaker otherwise");
        }
        Fields fields = new Fields(problems, "speaker " + name, node, List.of("gobgp", "next-hop"));
        Optional<Endpoint> api = fields.required("gobgp", BgpReader::api);
        Optional<Address> nextHop = fields.required("next-hop", text -> ServerAddress.machine(Address.parse(text)));
        return api.flatMap(a -> nextHop.map(n -> RouterSpec.of(name, new GobgpSpec(a, n))));
    }

    private static Endpoint api(String text) {
        boolean port = text.matches(".*[^:\\[]:\\d+|\\[.*]:\\d+");
        HostPort at = HostPort.parse(port ? text : text + ":" + GobgpSpec.PORT);
        return new Endpoint(Address.parse(at.host()), at.port());
    }
}
