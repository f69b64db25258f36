package net.reroute.inventory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Names;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;

/** Reads what a virtual server on a Linux router has of its own. */
final class BalanceReader {

    /** Keys of a service that only virtual servers have. */
    static final List<String> KEYS = List.of("port", "weights", "sticky", "forward", "patience");

    private static final List<String> OTHERS = List.of("prefix", FlowReader.KEY, "share", "choose", "fallback",
            "interface", "announce",
            "refresh", "fence", "restore-after", "before-takeover", "after-takeover");
    private static final int HEAVIEST = 20;

    private enum Sticky {
        NONE, SOURCE
    }

    private enum Forward {
        NAT, ROUTE
    }

    private BalanceReader() {}

    static Optional<Balanced> read(Fields fields, List<String> servers) {
        OTHERS.stream().filter(fields::has).forEach(k -> fields.problem(k, "'" + k
                + "' says nothing where connections are spread; take it away, or write redirect: route"));
        Optional<Address> address = fields.required("address", text -> ServerAddress.machine(Address.parse(text)));
        Optional<Integer> port = fields.required("port", HostPort::port);
        boolean sticky = fields.choice("sticky", Sticky.class, Sticky.NONE) == Sticky.SOURCE;
        boolean direct = fields.choice("forward", Forward.class, Forward.NAT) == Forward.ROUTE;
        Optional<Duration> patience = fields.has("patience")
                ? Optional.of(fields.duration("patience", Duration.ZERO))
                : Optional.empty();
        Map<String, Integer> weights = weights(fields, servers);
        return address
                .flatMap(a -> port.map(p -> new Balanced(a, p, weights, sticky, direct, patience)));
    }

    private static Map<String, Integer> weights(Fields fields, List<String> servers) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        fields.pairs("weights").forEach((server, weight) -> {
            if (!servers.contains(server)) {
                fields.problem("weights",
                        "'" + server + "' is none of the servers" + Names.didYouMean(server, servers));
            } else if (!weight.matches("[1-9]\\d?") || Integer.parseInt(weight) > HEAVIEST) {
                fields.problem("weights", "a weight is from 1 to " + HEAVIEST + ", not " + weight);
            } else {
                weights.put(server, Integer.parseInt(weight));
            }
        });
        return weights;
    }

    static Rules rules(Fields fields, int servers) {
        return RulesReader.read(fields, fields.choice("policy", Policy.class, Policy.ANY), Math.max(1, servers),
                Choose.ORDERED);
    }
}
