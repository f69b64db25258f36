package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;
import net.reroute.simulation.RouterBox;
import net.reroute.simulation.StaticRoutes.Static;

/** The table of IOS XR. */
final class IosXrRoutes extends Routes {

    IosXrRoutes(RouterBox box) {
        super(box);
    }

    @Override
    List<String> head(String vrf, boolean v6) {
        return List.of("");
    }

    @Override
    List<String> shown(Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>();
        String first = (prefix.length() == 0 ? "S*   " : "S    ") + prefix;
        if (prefix.network().v6()) {
            lines.add(first + " ");
        }
        for (Static way : ways) {
            String start = prefix.network().v6() ? "     " : lines.isEmpty() ? first : " ".repeat(first.length());
            lines.add(start + " [" + way.distance() + "/0] via " + hop(way) + ", 00:12:07");
        }
        return lines;
    }

    private static List<String> entry(Prefix prefix, String known) {
        return List.of("", "Routing entry for " + prefix, "  Known via \"" + known,
                "  Installed Nov 20 10:15:01.011 for 00:00:01", "  Routing Descriptor Blocks");
    }

    @Override
    List<String> found(String vrf, Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>(
                entry(prefix, "static\", distance " + ways.getFirst().distance() + ", metric 0"));
        ways.forEach(w -> lines.addAll(List.of("    " + hop(w), "      Route metric is 0")));
        lines.add("  No advertising protos. ");
        return lines;
    }

    @Override
    List<String> attached(String vrf, Link link) {
        List<String> lines = new ArrayList<>(entry(link.network(), "connected\", distance 0, metric 0 (connected)"));
        lines.addAll(List.of("    directly connected, via " + link.name(), "      Route metric is 0",
                "  No advertising protos. "));
        return lines;
    }

    @Override
    List<String> nothing(String vrf, boolean v6) {
        return List.of("", "% Network not in table");
    }
}
