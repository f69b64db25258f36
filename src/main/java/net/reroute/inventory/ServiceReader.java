package net.reroute.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Names;
import net.reroute.core.Prefix;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import net.reroute.core.Takeover;
import org.yaml.snakeyaml.nodes.Node;

/** A service, with the names it uses looked up. */
final class ServiceReader {

    private static final List<String> KEYS = List.of("prefix", "servers", "checks", "routers", "policy", "address",
            "share", "choose", "failback", "soak");
    private static final List<String> ALL_KEYS = Stream.concat(KEYS.stream(), TakeoverReader.KEYS.stream()).toList();

    private enum Failback {
        AUTO, MANUAL
    }

    /**
     * The names other sections define.
     *
     * @param interfaces by server, where a server names its own
     */
    record Known(Set<String> servers, Set<String> checks, Set<String> routers, Map<String, String> interfaces) {}

    private final Known known;

    ServiceReader(Known known) {
        this.known = known;
    }

    Optional<Service> read(Problems problems, String name, Node node) {
        Fields fields = new Fields(problems, "service " + name, node, ALL_KEYS);
        Optional<Prefix> prefix = fields.required("prefix", Prefix::parse);
        List<String> servers = named(fields, "servers", known.servers());
        List<String> checks = named(fields, "checks", known.checks());
        List<String> routers = fields.has("routers")
                ? named(fields, "routers", known.routers())
                : List.copyOf(known.routers());
        if (!fields.has("servers") || servers.isEmpty() && fields.names("servers").isEmpty()) {
            fields.problem("servers", "service " + name + " has no servers; write servers: [host1, host2]");
        }
        if (fields.names("checks").isEmpty()) {
            fields.problem("checks", "service " + name + " has no checks, so no server could ever be UP;"
                    + " write checks: [web]");
        }
        Optional<Address> address = address(fields, prefix);
        Rules rules = rules(fields, servers.size());
        Optional<Takeover> takeover = TakeoverReader.read(fields, prefix, servers, known.interfaces());
        boolean lan = takeover.filter(t -> t.use() == Takeover.Use.REDIRECT).isPresent();
        return prefix.filter(p -> !servers.isEmpty()).map(p -> new Service(name, p, address.orElse(p.firstUsable()),
                servers, checks, lan ? List.of(Takeover.LAN) : routers, rules, takeover));
    }

    private static Rules rules(Fields fields, int servers) {
        int share = fields.count("share", 1);
        if (servers > 0 && share > servers) {
            fields.problem("share", "'share' is " + share + ", but there are only " + servers + " servers");
        }
        return new Rules(fields.choice("policy", Policy.class, Policy.ANY), share,
                fields.choice("choose", Choose.class, Choose.ORDERED),
                fields.choice("failback", Failback.class, Failback.AUTO) == Failback.AUTO,
                fields.duration("soak", Duration.ofMinutes(1)));
    }

    private static Optional<Address> address(Fields fields, Optional<Prefix> prefix) {
        Optional<Address> address = fields.value("address", Address::parse);
        address.filter(a -> prefix.isPresent() && !prefix.get().contains(a)).ifPresent(
                a -> fields.problem("address", "'address' " + a + " is not in the prefix " + prefix.get()));
        return address;
    }

    private static List<String> named(Fields fields, String key, Set<String> known) {
        var names = fields.names(key);
        names.forEach((name, node) -> {
            if (!known.contains(name)) {
                String one = key.substring(0, key.length() - 1);
                fields.problems().at(node, "unknown " + one + " '" + name + "'" + Names.didYouMean(name, known));
            }
        });
        return names.keySet().stream().filter(known::contains).toList();
    }
}
