package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;
import net.reroute.simulation.RouterBox;
import net.reroute.simulation.StaticRoutes.Static;

/** The table of EOS: for one address it shows the same lines, less the rest of the table. */
final class EosRoutes extends Routes {

    EosRoutes(RouterBox box) {
        super(box);
    }

    @Override
    List<String> head(String vrf, boolean v6) {
        List<String> lines = new ArrayList<>(List.of("", "VRF: " + (vrf.isEmpty() ? "default" : vrf)));
        if (v6) {
            lines.add("Displaying 2 of 9 IPv6 routing table entries");
        }
        lines.addAll(List.of("Codes: C - connected, S - static, K - kernel,",
                "       O - OSPF, IA - OSPF inter area, E1 - OSPF external type 1,",
                "       NG - Nexthop Group Static Route, V - VXLAN Control Service,",
                "       DP - Dynamic Policy Route, L - VRF Leaked", ""));
        return lines;
    }

    @Override
    List<String> shown(Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>();
        String first = " S        " + prefix + " [" + ways.getFirst().distance() + "/0]";
        if (prefix.network().v6()) {
            lines.add(first);
            ways.forEach(w -> lines.add("           via " + hop(w) + ", " + through(w)));
        } else {
            ways.forEach(w -> lines.add((lines.isEmpty() ? first : " ".repeat(first.length())) + " via " + hop(w) + ", "
                    + through(w)));
        }
        return lines;
    }

    @Override
    List<String> found(String vrf, Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>(head(vrf, prefix.network().v6()));
        lines.addAll(shown(prefix, ways));
        lines.add("");
        return lines;
    }

    @Override
    List<String> attached(String vrf, Link link) {
        List<String> lines = new ArrayList<>(head(vrf, link.address().v6()));
        lines.addAll(link.address().v6()
                ? List.of(" C        " + link.network() + " [0/0]", "           via " + link.name()
                        + ", directly connected", "")
                : List.of(" C        " + link.network() + " is directly connected, " + link.name(), ""));
        return lines;
    }

    @Override
    List<String> nothing(String vrf, boolean v6) {
        return head(vrf, v6);
    }
}
