package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;
import net.reroute.simulation.RouterBox;
import net.reroute.simulation.StaticRoutes.Static;

/** The table of NX-OS, which answers for an address in the same way. */
final class NxOsRoutes extends Routes {

    NxOsRoutes(RouterBox box) {
        super(box);
    }

    @Override
    List<String> head(String vrf, boolean v6) {
        return List.of((v6 ? "IPv6 Routing Table for VRF \"" : "IP Route Table for VRF \"")
                + (vrf.isEmpty() ? "default" : vrf) + "\"", "'*' denotes best ucast next-hop",
                "'**' denotes best mcast next-hop", "'[x/y]' denotes [preference/metric]",
                "'%<string>' in via output denotes VRF <string>", "");
    }

    @Override
    List<String> shown(Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>(List.of(prefix + ", ubest/mbest: " + ways.size() + "/0"));
        for (Static way : ways) {
            boolean named = way.prefix().network().v6() || !way.interfaceName().isEmpty();
            lines.add("    *via " + hop(way) + (named && way.hop().isPresent() ? ", " + through(way) : "") + ", ["
                    + way.distance() + "/0], 00:12:07, static");
        }
        return lines;
    }

    @Override
    List<String> found(String vrf, Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>(head(vrf, prefix.network().v6()));
        lines.addAll(shown(prefix, ways));
        return lines;
    }

    @Override
    List<String> attached(String vrf, Link link) {
        List<String> lines = new ArrayList<>(head(vrf, link.address().v6()));
        lines.add(link.network() + ", ubest/mbest: 1/0, attached");
        lines.add("    *via " + link.address() + ", " + link.name() + ", [0/0], 1w2d, direct");
        return lines;
    }

    @Override
    List<String> nothing(String vrf, boolean v6) {
        List<String> lines = new ArrayList<>(head(vrf, v6));
        lines.add("Route not found");
        return lines;
    }
}
