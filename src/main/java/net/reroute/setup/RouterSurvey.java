package net.reroute.setup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** Finds the static routes of a router that lead to the servers. */
final class RouterSurvey {

    /** Shorter prefixes than these are networks, not services. */
    private static final int SHORTEST_V4 = 24;
    private static final int SHORTEST_V6 = 48;
    /** The beginning of a line of {@code ip -o route}: a prefix and its next hop. */
    private static final Pattern VIA = Pattern.compile("^(?:unicast )?(\\S+) via (?:inet6? )?(\\S+)");

    private RouterSurvey() {}

    /**
     * The routes to these next hops, by prefix.
     *
     * @param held addresses that servers hold: routes to prefixes around them are looked for on every kind of router
     */
    static Map<Prefix, Route> routes(RouterSpec spec, Collection<Address> held, Set<Address> hops)
            throws RouterException, SshException {
        try (Router router = Routers.open(spec, Access.STEP)) {
            Set<Prefix> candidates = new LinkedHashSet<>(around(held));
            Optional<Shell> shell = router.shell();
            if (shell.isPresent()) {
                candidates.addAll(via(shell.get(), hops));
            }
            Map<Prefix, Route> found = new TreeMap<>();
            if (!candidates.isEmpty()) {
                router.routes(candidates).forEach((prefix, route) -> {
                    if (route.hops().stream().anyMatch(hops::contains)) {
                        found.put(prefix, route);
                    }
                });
            }
            return found;
        }
    }

    private static List<Prefix> around(Collection<Address> held) {
        List<Prefix> all = new ArrayList<>();
        for (Address address : held) {
            int bits = address.v6() ? 128 : 32;
            for (int length = address.v6() ? SHORTEST_V6 : SHORTEST_V4; length <= bits; length++) {
                all.add(Prefix.around(address, length));
            }
        }
        return all;
    }

    private static List<Prefix> via(Shell shell, Set<Address> hops) throws SshException {
        Set<Prefix> found = new LinkedHashSet<>();
        for (String family : List.of("-4", "-6")) {
            Shell.Output answer = shell.run("ip -o " + family + " route show", Access.STEP);
            answer.out().lines().map(VIA::matcher).filter(Matcher::find).filter(m -> isTo(m.group(2), hops))
                    .forEach(m -> prefix(m.group(1)).filter(RouterSurvey::isNoNetwork).ifPresent(found::add));
        }
        return List.copyOf(found);
    }

    private static boolean isNoNetwork(Prefix prefix) {
        return prefix.length() >= (prefix.network().v6() ? SHORTEST_V6 : SHORTEST_V4);
    }

    private static boolean isTo(String hop, Set<Address> hops) {
        return Address.tryParse(hop).filter(hops::contains).isPresent();
    }

    private static Optional<Prefix> prefix(String text) {
        Optional<Address> host = Address.tryParse(text);
        return Prefix.tryParse(text).or(() -> host.map(a -> Prefix.around(a, a.width())));
    }
}
