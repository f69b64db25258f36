package net.reroute.simulation.cli;

import java.util.List;
import net.reroute.simulation.CommandTree;
import net.reroute.simulation.RouterBox;
import net.reroute.simulation.StaticRoutes.Static;

/** The tables of Junos, which have names. A static route has preference 5 there unless it says otherwise. */
final class JunosRoutes extends Routes {

    private static final int PREFERENCE = 5;

    JunosRoutes(RouterBox box) {
        super(box, JunosSyntax.FOUR, JunosSyntax.SIX);
    }

    @Override
    int distance(Static route) {
        return route.distance() == 1 ? PREFERENCE : route.distance();
    }

    @Override
    void commands(CommandTree tree, List<String> output, String plain, boolean v6) {
        tree.on(plain, w -> output.addAll(table("", v6)))
                .on(plain + " protocol static", w -> output.addAll(table("", v6)))
                .on(plain + " ADDRESS", w -> output.addAll(asked("", w.getLast())))
                .on(plain + " table NAME", w -> output.addAll(named(w.get(3))))
                .on(plain + " table NAME protocol static", w -> output.addAll(named(w.get(3))))
                .on(plain + " table NAME ADDRESS", w -> output.addAll(asked(instance(w.get(3)), w.getLast())));
    }

    private List<String> named(String table) {
        return table(instance(table), table.endsWith("inet6.0"));
    }

    private static String instance(String table) {
        return table.replaceFirst("\\.?inet6?\\.0$", "");
    }
}
