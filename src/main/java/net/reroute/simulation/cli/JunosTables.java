package net.reroute.simulation.cli;

import java.util.List;

/** The routing tables of Junos, which have names. The default preference of a static route is 5 there. */
final class JunosTables extends FormattedTable {

    private static final int PREFERENCE = 5;

    JunosTables(RouterState router) {
        super(router, JunosSyntax.FOUR, JunosSyntax.SIX);
    }

    @Override
    int distance(StaticRoute route) {
        return route.distance() == 1 ? PREFERENCE : route.distance();
    }

    @Override
    void commands(VtySession session, CommandTree tree, String plain, boolean v6) {
        tree.on(plain, w -> session.output.addAll(table("", v6)))
                .on(plain + " protocol static", w -> session.output.addAll(table("", v6)))
                .on(plain + " ADDRESS", w -> session.output.addAll(asked(session, "", w)))
                .on(plain + " table NAME", w -> session.output.addAll(named(w.get(3))))
                .on(plain + " table NAME protocol static", w -> session.output.addAll(named(w.get(3))))
                .on(plain + " table NAME ADDRESS", w -> session.output.addAll(asked(session, instance(w.get(3)), w)));
    }

    private List<String> named(String table) {
        return table(instance(table), table.endsWith("inet6.0"));
    }

    private static String instance(String table) {
        return table.replaceFirst("\\.?inet6?\\.0$", "");
    }
}
