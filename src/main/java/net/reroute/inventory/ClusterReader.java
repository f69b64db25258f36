package net.reroute.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.ClusterSpec;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.ClusterSpec.WhenAlone;
import net.reroute.core.RouterSpec;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the section "controllers", and the settings that belong to it. */
record ClusterReader(ProblemList problems, Sections sections, Map<String, RouterSpec> routers) {

    private static final List<String> KEYS = List.of("address", "port", "witness");
    private static final int FEWEST = 2;
    /** More would make each record wait for more machines, and survive no likelier loss. */
    private static final int MOST = 5;

    /** @param settings the section "settings" */
    ClusterSpec read(Fields settings) {
        Map<String, Member> members = new LinkedHashMap<>();
        Map<String, Node> entries = sections.of("controllers");
        entries.forEach((name, node) -> member(name, node).ifPresent(m -> {
            members.values().stream().filter(o -> o.address().equals(m.address()) && o.port() == m.port()).findFirst()
                    .ifPresent(o -> problems.at(node, "controller " + name + " has the address and port of controller "
                            + o.name()));
            members.put(name, m);
        }));
        List<String> lease = settings.words("lease");
        WhenAlone alone = settings.choice("when-alone", WhenAlone.class, WhenAlone.FREEZE);
        if (entries.isEmpty()) {
            List.of("lease", "when-alone").stream().filter(settings::has).forEach(k -> settings.problem(k, "'" + k
                    + "' belongs to several controllers, and there is no section controllers:"));
            return ClusterSpec.NONE;
        }
        if (settings.has("peer")) {
            settings.problem("peer", "'peer' and the section controllers: exclude each other; keep controllers:, which"
                    + " needs no admin for a hand-over");
        }
        count(entries, members, settings);
        return new ClusterSpec(members, lease(settings, lease), alone);
    }

    private void count(Map<String, Node> entries, Map<String, Member> members, Fields settings) {
        Node first = entries.values().iterator().next();
        long full = members.values().stream().filter(m -> !m.witness()).count();
        if (entries.size() < FEWEST || entries.size() > MOST) {
            problems.at(first, "there are " + entries.size() + " controllers; write " + FEWEST + " to " + MOST
                    + ", or leave the section out for one alone");
        } else if (members.size() == entries.size() && full < FEWEST) {
            problems.at(first, "only " + full + " controller is no witness; two must be able to act");
        } else if (entries.size() == FEWEST && shells().isEmpty()) {
            problems.at(first, "two controllers need a Linux router that keeps their lease, and there is none; add a"
                    + " third controller, which may be a witness, or use 'settings: {peer: ...}'");
        } else if (entries.size() > FEWEST && settings.has("lease")) {
            settings.problem("lease", "'lease' is for two controllers; " + entries.size() + " of them elect by"
                    + " majority");
        }
    }

    private Optional<Member> member(String name, Node node) {
        int before = problems.count();
        Fields fields = new Fields(problems, "controller " + name, node, KEYS);
        Optional<Address> address = fields.required("address", text -> ServerAddress.machine(Address.parse(text)));
        int port = fields.value("port", HostPort::port).orElse(ClusterSpec.PORT);
        boolean witness = fields.flag("witness");
        return address.filter(a -> problems.count() == before).map(a -> new Member(name, a, port, witness));
    }

    /** Routers that can keep a lease. */
    private List<String> shells() {
        return routers.values().stream().filter(r -> r.cli().isEmpty() && r.appliance().isEmpty())
                .map(RouterSpec::name).toList();
    }

    /** An odd number of routers, since the majority of two is both. */
    private List<String> lease(Fields settings, List<String> named) {
        List<String> usable = shells();
        named.stream().filter(n -> !usable.contains(n))
                .forEach(n -> settings.problem("lease", sections.mayHave("routers",
                        n)
                                ? "the router " + n + " has no shell, so it keeps no lease; name a Linux router"
                                : "unknown router '" + n + "'"));
        if (!named.isEmpty() && named.size() % 2 == 0) {
            settings.problem("lease", "'lease' names " + named.size() + " routers; name an odd number of them: the"
                    + " majority of two is both, and the loss of either would stop the controllers");
        }
        if (!named.isEmpty()) {
            return named;
        }
        return usable.subList(0, usable.isEmpty() ? 0 : (usable.size() - 1) / 2 * 2 + 1);
    }
}
