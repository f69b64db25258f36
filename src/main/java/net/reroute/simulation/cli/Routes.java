package net.reroute.simulation.cli;

import java.util.LinkedHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.CommandTree;
import net.reroute.simulation.Link;
import net.reroute.simulation.RouterBox;
import net.reroute.simulation.StaticRoutes.Static;

/** A device's routing table, and the commands that show it. */
abstract class Routes {

    final RouterBox box;

    Routes(RouterBox box) {
        this.box = box;
    }

    /** What stands above the routes. */
    abstract List<String> head(String vrf, boolean v6);

    /** A prefix with its next hops, as the table has it. */
    abstract List<String> shown(Prefix prefix, List<Static> ways);

    /** The answer to the question for an address that a static route leads to. */
    abstract List<String> found(String vrf, Prefix prefix, List<Static> ways);

    abstract List<String> attached(String vrf, Link link);

    abstract List<String> nothing(String vrf, boolean v6);

    List<String> table(String vrf, boolean v6) {
        List<String> lines = new ArrayList<>(head(vrf, v6));
        used(vrf, v6).forEach((prefix, ways) -> lines.addAll(shown(prefix, ways)));
        return lines;
    }

    List<String> way(String vrf, Address address) {
        List<Static> ways = box.routes.lookup(vrf, address);
        Optional<Link> link = box.routes.attached(vrf, address);
        return link.isPresent()
                ? attached(vrf, link.get())
                : ways.isEmpty() ? nothing(vrf, address.v6()) : found(vrf, ways.getFirst().prefix(), ways);
    }

    private Map<Prefix, List<Static>> used(String vrf, boolean v6) {
        Map<Prefix, List<Static>> byPrefix = new LinkedHashMap<>();
        box.routes.used(vrf).stream().filter(s -> s.prefix().network().v6() == v6)
                .forEach(s -> byPrefix.computeIfAbsent(s.prefix(), p -> new ArrayList<>()).add(s));
        return byPrefix;
    }

    /** The interface that a route leaves through. */
    String through(Static route) {
        return route.interfaceName().isEmpty()
                ? route.hop().flatMap(box.routes::connected).map(Link::name).orElse("")
                : route.interfaceName();
    }

    static String hop(Static route) {
        return route.hop().map(Address::toString).orElse(route.interfaceName());
    }

    /** @param plain the command without a VRF, such as {@code show ip route}; static and an address may follow */
    void commands(CommandTree tree, List<String> output, String plain, boolean v6) {
        for (String form : List.of(plain, plain.replace(" route", " route vrf NAME"))) {
            tree.on(form, w -> output.addAll(table(vrf(w), v6)));
            tree.on(form + " static", w -> output.addAll(table(vrf(w), v6)));
            tree.on(form + " ADDRESS", w -> output.addAll(w.getLast().matches("[\\da-fA-F.:]*[.:][\\da-fA-F.:]*")
                    ? way(vrf(w), Address.parse(w.getLast()))
                    : List.of("% Invalid input: " + w.getLast())));
        }
    }

    static String vrf(List<String> words) {
        int at = words.indexOf("vrf");
        return at < 0 || at + 1 >= words.size() || words.get(at + 1).equals("default") ? "" : words.get(at + 1);
    }
}
