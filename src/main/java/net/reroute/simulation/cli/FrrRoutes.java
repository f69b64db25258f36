package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;
import net.reroute.simulation.RouterBox;
import net.reroute.simulation.StaticRoutes.Static;

/** The table of FRR's zebra, which VyOS shows too. Routes that are not used stand there without the {@code >}. */
final class FrrRoutes extends Routes {

    FrrRoutes(RouterBox box) {
        super(box);
    }

    @Override
    List<String> head(String vrf, boolean v6) {
        return List.of("Codes: K - kernel route, C - connected, S - static, R - RIP" + (v6 ? "ng," : ","),
                "       O - OSPF" + (v6 ? "v3" : "") + ", I - IS-IS, B - BGP, E - EIGRP, N - NHRP,",
                "       > - selected route, * - FIB route, q - queued, r - rejected, b - backup",
                "       t - trapped, o - offload failure", "");
    }

    @Override
    List<String> table(String vrf, boolean v6) {
        List<String> lines = new ArrayList<>(super.table(vrf, v6));
        List<Static> used = box.routes.used(vrf);
        box.routes.written().stream().filter(s -> s.vrf().equals(vrf) && s.prefix().network().v6() == v6
                && !used.contains(s)).forEach(s -> lines.add("S   " + s.prefix() + way(s, "")));
        return lines;
    }

    @Override
    List<String> shown(Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>();
        for (Static way : ways) {
            String prefixed = "S>* " + prefix + way(way, "");
            lines.add(lines.isEmpty() ? prefixed : "  *" + way(way, " ".repeat(prefixed.indexOf(" via") - 3)));
        }
        return lines;
    }

    /** @param indent in the place of prefix and distance */
    private String way(Static way, String indent) {
        String through = through(way).isEmpty() ? " inactive" : ", " + through(way);
        return (indent.isEmpty() ? " [" + way.distance() + "/0]" : indent) + " via " + hop(way) + through
                + ", weight 1, 00:03:11";
    }

    @Override
    List<String> found(String vrf, Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>(entry(prefix, "static\", distance " + ways.getFirst().distance()));
        ways.forEach(w -> lines.add("  * " + hop(w) + ", via " + through(w) + ", weight 1"));
        lines.add("");
        return lines;
    }

    private static List<String> entry(Prefix prefix, String known) {
        return List.of("Routing entry for " + prefix, "  Known via \"" + known + ", metric 0, best",
                "  Last update 00:00:01 ago");
    }

    @Override
    List<String> attached(String vrf, Link link) {
        List<String> lines = new ArrayList<>(entry(link.network(), "connected\", distance 0"));
        lines.addAll(List.of("  * directly connected, " + link.name(), ""));
        return lines;
    }

    @Override
    List<String> nothing(String vrf, boolean v6) {
        return List.of("% Network not in table");
    }
}
