package net.reroute.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Flows;
import net.reroute.core.Frontend.Routed;
import net.reroute.core.Names;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import net.reroute.core.Takeover;
import net.reroute.inventory.TakeoverReader.Redirect;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a service and looks up the names that it uses. */
final class ServiceReader {

    private static final List<String> KEYS = Fields.keys(List.of("prefix", "servers", "checks", "routers", "policy",
            "address", "share", "choose", "failback", "soak", "agree", FlowReader.KEY),
            Fields.keys(Fields.keys(BgpReader.KEYS, BalanceReader.KEYS), TakeoverReader.KEYS));

    private final ProblemList problems;
    private final Sections sections;
    private final Interfaces interfaces;
    private final Map<String, RouterSpec> speakers;

    /** @param speakers routers and other speakers that were read without mistakes */
    ServiceReader(ProblemList problems, Sections sections, Interfaces interfaces, Map<String, RouterSpec> speakers) {
        this.speakers = speakers;
        this.problems = problems;
        this.sections = sections;
        this.interfaces = interfaces;
    }

    Optional<Service> read(String name, Node node) {
        Fields fields = new Fields(problems, "service " + name, node, KEYS);
        int before = problems.count();
        Redirect redirect = fields.choice("redirect", Redirect.class, Redirect.ROUTE);
        if (problems.count() > before) {
            return Optional.empty(); // which of the other keys are right depends on it
        }
        if (redirect == Redirect.BALANCE) {
            return balanced(name, fields);
        }
        if (redirect == Redirect.BGP) {
            return new BgpReader(sections, speakers).read(name, fields, prefix(fields), named(fields, "checks",
                    "has no checks, so no site could ever be UP; write checks: [web]"));
        }
        BgpReader.KEYS.stream().filter(fields::has).forEach(k -> fields.problem(k,
                "'" + k + "' belongs to 'redirect: bgp'"));
        BalanceReader.KEYS.stream().filter(k -> fields.has(k) && !k.equals("patience")).forEach(k -> fields.problem(k,
                "'" + k + "' belongs to 'redirect: balance'"));
        boolean oneAddress = redirect == Redirect.ARP;
        Optional<Prefix> prefix = fields.required("prefix", text -> prefix(text, oneAddress));
        List<String> servers = named(fields, "servers", "has no servers; write servers: [host1, host2]");
        List<String> checks = named(fields, "checks", "has no checks, so no server could ever be UP; write"
                + " checks: [web]");
        List<String> routers = fields.has("routers")
                ? named(fields, "routers", "names no routers; leave 'routers:' out for all of them")
                : List.copyOf(sections.names("routers"));
        Optional<Address> address = address(fields, prefix);
        Rules rules = rules(fields, servers.size());
        Optional<Takeover> takeover = TakeoverReader.read(fields, prefix, servers, interfaces);
        boolean lan = takeover.filter(t -> t.use() == Takeover.Use.REDIRECT).isPresent();
        Flows flows = FlowReader.service(fields, lan);
        return prefix.filter(p -> !servers.isEmpty()).map(p -> new Service(name,
                new Routed(p, address.orElse(p.firstUsable()), flows), servers, checks,
                lan ? List.of(Takeover.LAN) : routers, rules, takeover));
    }

    private Optional<Service> balanced(String name, Fields fields) {
        List<String> servers = named(fields, "servers", "has no servers; write servers: [host1, host2]");
        List<String> checks = named(fields, "checks", "has no checks, so no server could ever be UP; write"
                + " checks: [web]");
        List<String> routers = fields.has("routers")
                ? named(fields, "routers", "names no routers; leave 'routers:' out for all of them")
                : List.copyOf(sections.names("routers"));
        if (routers.isEmpty()) {
            fields.problem("redirect", "'redirect: balance' needs a Linux router, and there is none");
        }
        return BalanceReader.read(fields, servers).filter(b -> !servers.isEmpty())
                .map(b -> new Service(name, b, servers,
                        checks, routers, BalanceReader.rules(fields, servers.size()), Optional.empty()));
    }

    private static Optional<Prefix> prefix(Fields fields) {
        return fields.required("prefix", text -> prefix(text, false));
    }

    /** A prefix that clients can reach: unicast, not every address, and neither loopback nor link-local. */
    private static Prefix prefix(String text, boolean oneAddress) {
        Prefix prefix = Prefix.written(text, oneAddress);
        if (prefix.length() == 0) {
            throw new IllegalArgumentException(text + " is every address there is, and the way to all servers and"
                    + " routers with it; write the prefix that clients use");
        }
        prefix.network().nobodys().ifPresent(what -> {
            throw new IllegalArgumentException("no server can have " + prefix + ": it begins with " + what);
        });
        if (prefix.network().loopback() || prefix.network().linkLocal()) {
            throw new IllegalArgumentException("no router forwards " + prefix + ": its addresses mean something on one "
                    + (prefix.network().loopback() ? "machine" : "link") + " only");
        }
        return prefix;
    }

    private static Rules rules(Fields fields, int servers) {
        return RulesReader.read(fields, fields.choice("policy", Policy.class, Policy.ANY),
                RulesReader.share(fields, "share", 1, servers, "servers"),
                fields.choice("choose", Choose.class, Choose.ORDERED));
    }

    private static Optional<Address> address(Fields fields, Optional<Prefix> prefix) {
        Optional<Address> address = fields.value("address", Address::parse);
        address.filter(a -> prefix.isPresent() && !prefix.get().contains(a)).ifPresent(
                a -> fields.problem("address", "'address' " + a + " is not in the prefix " + prefix.get()));
        return address;
    }

    private List<String> named(Fields fields, String key, String ifNone) {
        int before = fields.problems().count();
        Map<String, Node> names = fields.listed(key);
        if (names.isEmpty() && fields.problems().count() == before) {
            fields.problem(key, fields.what() + " " + ifNone);
        }
        names.forEach((name, node) -> {
            if (!sections.mayHave(key, name)) {
                String one = key.substring(0, key.length() - 1);
                problems.at(node, "unknown " + one + " '" + name + "'" + Names.didYouMean(name, sections.names(key)));
            }
        });
        return List.copyOf(names.keySet());
    }
}
