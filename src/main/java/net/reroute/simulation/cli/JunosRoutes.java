package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.CommandTree;
import net.reroute.simulation.Link;
import net.reroute.simulation.RouterBox;
import net.reroute.simulation.StaticRoutes.Static;

/** The tables of Junos, which have names. A static route has preference 5 there unless it says otherwise. */
final class JunosRoutes extends Routes {

    private static final int PREFERENCE = 5;

    JunosRoutes(RouterBox box) {
        super(box);
    }

    @Override
    void commands(CommandTree tree, List<String> output, String plain, boolean v6) {
        tree.on(plain, w -> output.addAll(table("", v6)))
                .on(plain + " protocol static", w -> output.addAll(table("", v6)))
                .on(plain + " ADDRESS", w -> output.addAll(asked("", w.getLast())))
                .on(plain + " table NAME", w -> output.addAll(table(instance(w.get(3)), w.get(3).endsWith("inet6.0"))))
                .on(plain + " table NAME protocol static",
                        w -> output.addAll(table(instance(w.get(3)), w.get(3).endsWith("inet6.0"))))
                .on(plain + " table NAME ADDRESS", w -> output.addAll(asked(instance(w.get(3)), w.getLast())));
    }

    private static String instance(String table) {
        return table.replaceFirst("\\.?inet6?\\.0$", "");
    }

    private List<String> asked(String vrf, String address) {
        return address.matches("[\\da-fA-F.:]*[.:][\\da-fA-F.:]*")
                ? way(vrf, Address.parse(address))
                : List.of("error: invalid ip address or hostname: '" + address + "'");
    }

    @Override
    List<String> head(String vrf, boolean v6) {
        return List.of("", (vrf.isEmpty() ? "" : vrf + ".") + (v6 ? "inet6.0" : "inet.0")
                + ": 12 destinations, 13 routes (12 active, 0 holddown, 0 hidden)",
                "+ = Active Route, - = Last Active, * = Both", "");
    }

    @Override
    List<String> shown(Prefix prefix, List<Static> ways) {
        List<String> lines = new ArrayList<>();
        int distance = ways.getFirst().distance() == 1 ? PREFERENCE : ways.getFirst().distance();
        lines.add(String.format("%-18s *[Static/%d] 00:12:07", prefix, distance));
        for (Static way : ways) {
            lines.add((lines.size() == 1 ? "                    >  to " : "                       to ") + hop(way)
                    + " via " + through(way) + ".0");
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
        lines.addAll(List.of(String.format("%-18s *[Direct/0] 3w2d 10:15:02", link.network()),
                "                    >  via " + link.name() + ".0"));
        return lines;
    }

    @Override
    List<String> nothing(String vrf, boolean v6) {
        return List.of();
    }
}
